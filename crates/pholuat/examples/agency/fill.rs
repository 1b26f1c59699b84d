use std::time::Instant;

use anyhow::{Context, Result, bail};
use jiff::civil::date;
use legal::model::{ActText, Language, ProvisionKind};
use people::{model::Email, password, store};
use policy::{AccountId, Grant, Role, UnitId, Visitor};
use posts::marks;
use posts::model::{Draft, Showing, Step};
use posts::write::{self, PostError, With};
use units::model::{Name, State};
use units::{reorganise, store as unit_store};
use web::Site;

use crate::{APPROVED, copy};

/// Posts that go the whole way of officers; the others are copies of them.
const WRITTEN: usize = 2_000;
const TOPICS: [&str; 5] = ["dan-su", "dat-dai", "lao-dong", "hon-nhan-gia-dinh", "hinh-su"];
const KINDS: [&str; 4] = ["tin", "huong-dan", "tinh-huong", "to-gap"];

/// An article as a post can explain it.
struct Article {
    act: String,
    number: String,
    heading: String,
    text: String,
}

pub async fn run(site: &Site, units: usize, accounts: usize, posts: usize) -> Result<()> {
    let units = make_units(site, units).await?;
    let visitors = make_accounts(site, &units, accounts).await?;
    let articles = articles(site).await?;
    let written = posts.min(WRITTEN);
    let began = Instant::now();
    for number in 0..written + APPROVED {
        let unit = number % units.len();
        let article = articles.get(number % articles.len()).context("an article")?;
        publish(
            site,
            &visitors,
            &units,
            unit,
            draft(number, article),
            number >= written,
        )
        .await?;
    }
    let seconds = began.elapsed().as_secs_f64();
    copy::multiply(site, written, posts).await?;
    println!(
        "{} units, {accounts} accounts, {posts} posts; {written} written, submitted, approved and published: {:.0} posts/s",
        units.len(),
        written as f64 / seconds
    );
    Ok(())
}

async fn make_units(site: &Site, count: usize) -> Result<Vec<UnitId>> {
    let mut tx = site.db().begin().await?;
    unit_store::kinds_ensure(&mut tx).await?;
    let mut made: Vec<UnitId> = Vec::new();
    for number in 0..count {
        let name = if number == 0 {
            "Tỉnh đo tải".to_owned()
        } else {
            format!("Xã đo tải {number}")
        };
        let state = State {
            name: Name {
                full: name.clone(),
                short: name,
                english: None,
            },
            kind: if number == 0 { "province" } else { "commune" }.to_owned(),
            parent: made.first().copied(),
            code: None,
        };
        made.push(reorganise::create(&mut tx, Some(&format!("do-tai-{number}")), None, state).await?);
    }
    tx.commit().await?;
    Ok(made)
}

/// Account `2n` writes and account `2n + 1` approves and publishes for unit `n`, round and round. All
/// have one password: its hash is meant to take long.
async fn make_accounts(site: &Site, units: &[UnitId], count: usize) -> Result<Vec<Visitor>> {
    let hash = password::hash("đo tải không ai đăng nhập".to_owned())
        .await
        .context("a hash")?;
    let mut tx = site.db().begin().await?;
    let mut made = Vec::new();
    for number in 0..count {
        let name = format!("Cán bộ đo tải {number}");
        let email = Email::read(&format!("can-bo-{number}@do-tai.example")).context("an address")?;
        let account: AccountId = store::account_insert(&mut tx, &email, &name, &hash).await?;
        let unit = *units.get(number / 2 % units.len()).context("a unit")?;
        let roles: &[Role] = if number % 2 == 0 {
            &[Role::Contributor]
        } else {
            &[Role::Approver, Role::Publisher]
        };
        let mut grants = Vec::new();
        for role in roles {
            let grant = Grant {
                role: *role,
                unit,
                from: date(2020, 1, 1),
                until: None,
            };
            store::grant_add(&mut tx, account, &grant, None).await?;
            grants.push(grant);
        }
        made.push(Visitor {
            account,
            name,
            grants,
            second_proof: true,
        });
    }
    tx.commit().await?;
    Ok(made)
}

/// The articles of every act, with words enough for a post.
async fn articles(site: &Site) -> Result<Vec<Article>> {
    let mut found = Vec::new();
    for slug in acts::store::slugs_all(site.db(), "", 100_000).await? {
        let act = acts::store::act_by_slug(site.db(), &slug)
            .await?
            .context("an act")?;
        let Some(number) = act.number.clone() else {
            continue;
        };
        let text = acts::store::act_text(site.db(), act.id, Language::Vi, site.today()).await?;
        found.extend(text.iter().flat_map(|text| articles_of(text, &number)));
    }
    Ok(found)
}

fn articles_of(text: &ActText, act: &str) -> Vec<Article> {
    let articles = text.provisions.iter().enumerate();
    let articles = articles.filter(|(_, one)| one.kind == ProvisionKind::Article);
    articles
        .filter_map(|(place, one)| {
            Some(Article {
                act: act.to_owned(),
                number: one.number.clone(),
                heading: one.heading.clone()?,
                text: legal::inspect::full_text(text, place),
            })
        })
        // Chapters and parts are named there as of the act itself; in a post they would be nobody's.
        .filter(|one| one.text.len() > 400 && !one.text.contains("Chương") && !one.text.contains("Phần"))
        .collect()
}

/// A post that explains the article: three headings, its paragraphs, a list, a callout and the citation.
fn draft(number: usize, article: &Article) -> Draft {
    let Article {
        act,
        number: at,
        heading,
        text,
    } = article;
    let paragraphs: Vec<&str> = text.lines().filter(|line| line.len() > 20).take(8).collect();
    let body = format!(
        "## Luật quy định gì?\n\nTheo Điều {at} của văn bản số {act} về {heading}:\n\n{}\n\n## Cần làm gì?\n\n- Chuẩn bị giấy tờ\n- Đến trụ sở Ủy ban nhân dân xã\n\n! Không phải nộp lệ phí.\n\n## Căn cứ\n\nĐiều {at} văn bản số **{act}**.",
        paragraphs.join("\n\n").replace(['*', '|', '#'], "")
    );
    Draft {
        kind: KINDS[number % KINDS.len()].to_owned(),
        topics: vec![TOPICS[number / KINDS.len() % TOPICS.len()].to_owned()],
        title: format!("{heading}: hỏi đáp số {number}")
            .chars()
            .take(200)
            .collect(),
        summary: format!("Giải thích Điều {at} của văn bản số {act}, kèm việc cần làm và nơi tiếp nhận."),
        body: marks::read(&body),
    }
}

async fn publish(
    site: &Site,
    visitors: &[Visitor],
    units: &[UnitId],
    unit: usize,
    draft: Draft,
    held: bool,
) -> Result<()> {
    let writer = visitors.get(2 * unit).context("a writer")?;
    let approver = visitors.get(2 * unit + 1).context("an approver")?;
    let id = write::create(site, writer, units[unit], draft).await?;
    if let Err(PostError::Findings(found)) =
        write::step(site, writer, id, 1, Step::Submit, With::Nothing).await
    {
        bail!("a post of this program must pass the preflight: {found:?}");
    }
    write::step(site, approver, id, 1, Step::Approve, With::Nothing).await?;
    if !held {
        let showing = Showing {
            from: site.now(),
            until: None,
            review: None,
        };
        write::step(site, approver, id, 1, Step::Publish, With::Showing(showing)).await?;
    }
    Ok(())
}
