use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use people::{model::Email, session_hash, store};
use policy::Roots;
use posts::model::{PostId, State};
use web::Site;

use crate::APPROVED;

const TOKEN: &str = "do-tai";
const PATIENCE: Duration = Duration::from_secs(20);

pub async fn run(site: &Site, ports: &[usize]) -> Result<()> {
    sign_in(site).await?;
    let waiting = posts::store::post_list(
        site.db(),
        &Roots::Everywhere,
        Some(State::Approved),
        None,
        APPROVED as i64,
        0,
    )
    .await?;
    ensure!(!waiting.is_empty(), "no approved post is left: fill again");
    let mut seen = vec![Vec::new(); ports.len()];
    for (post, title) in &waiting {
        let began = Instant::now();
        let answer = ask(ports[0], &form(post.id, post.version))?;
        ensure!(
            answer.starts_with("HTTP/1.1 303"),
            "{}",
            answer.lines().next().unwrap_or_default()
        );
        let shown = posts::store::shown_of_post(site.db(), post.id)
            .await?
            .context("a public post")?;
        let page = format!("/bai/{}", shown.slug);
        let mut left: Vec<usize> = (0..ports.len()).collect();
        while !left.is_empty() {
            ensure!(began.elapsed() < PATIENCE, "{page} never came");
            left.retain(|place| {
                let there = is_seen(ports[*place], &page, title).unwrap_or(false);
                if there {
                    seen[*place].push(began.elapsed().as_secs_f64() * 1000.0);
                }
                !there
            });
            std::thread::sleep(Duration::from_millis(2));
        }
    }
    for (place, times) in seen.iter_mut().enumerate() {
        times.sort_by(f64::total_cmp);
        println!(
            "published to visible (page and list) on node {}: median {:.0} ms, longest {:.0} ms of {}",
            place + 1,
            times[times.len() / 2],
            times[times.len() - 1],
            times.len()
        );
    }
    Ok(())
}

/// A session of who publishes for the province, as signing in with both proofs leaves it.
async fn sign_in(site: &Site) -> Result<()> {
    let email = Email::read("can-bo-1@do-tai.example").context("an address")?;
    let account = store::account_by_email(site.db(), &email)
        .await?
        .context("fill first")?;
    let now = db::now_micros();
    let live = store::Live {
        account: account.id,
        seen: now,
        expires: now + 3_600_000_000,
        second_proof: true,
    };
    let mut tx = site.db().begin().await?;
    store::session_end(&mut tx, account.id, &session_hash(TOKEN)).await?;
    store::session_add(&mut tx, &session_hash(TOKEN), live, "bench").await?;
    Ok(tx.commit().await?)
}

fn form(post: PostId, version: i64) -> String {
    let body = format!("phien_ban={version}&nhan_xet=&tu=&den=&xem_lai=");
    format!(
        "POST /ban-lam-viec/bai/{}/dang HTTP/1.1\r\nHost: localhost\r\nCookie: pl_phien={TOKEN}\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        post.0,
        body.len()
    )
}

/// Whether the page of the post is there and the first page of the list names it.
fn is_seen(port: usize, page: &str, title: &str) -> Result<bool> {
    let get = |path: &str| {
        ask(
            port,
            &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        )
    };
    let title = title.replace('&', "&amp;");
    Ok(get(page)?.starts_with("HTTP/1.1 200") && get("/bai")?.contains(&title))
}

fn ask(port: usize, request: &str) -> Result<String> {
    let mut stream = TcpStream::connect(format!("127.0.0.1:{port}"))?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(request.as_bytes())?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}
