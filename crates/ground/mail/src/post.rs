//! Handing letters to a mail server over SMTP.

use std::time::Duration;

use db::{Db, DbError, now_micros};
use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::{Due, Letter, store};

/// How often the outbox is looked at.
const EVERY: Duration = Duration::from_secs(2);
/// Longest time that one letter may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// Settings that make no sense; the sentence is for operators.
#[derive(Debug, thiserror::Error)]
pub enum SettingError {
    /// The address of the server.
    #[error(
        "mail.server không phải là địa chỉ máy chủ thư (dạng smtps://TÊN:MẬT-KHẨU@MÁY:CỔNG hoặc smtp://MÁY:CỔNG): {0}"
    )]
    Server(String),
    /// The sender.
    #[error("mail.from không phải là địa chỉ người gửi (dạng: Tên cổng <dia-chi@donvi.gov.vn>)")]
    From,
}

/// A mail server, and in whose name letters go out.
#[derive(Clone)]
pub struct Post {
    server: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Post {
    /// `server` is `smtps://…` (TLS), `smtp://…?tls=required` (STARTTLS) or, for a server on this
    /// machine, `smtp://…`.
    ///
    /// # Errors
    /// Settings that make no sense.
    pub fn new(server: &str, from: &str) -> Result<Self, SettingError> {
        let built = AsyncSmtpTransport::<Tokio1Executor>::from_url(server);
        // The address may hold a password: it is not repeated.
        let built = built.map_err(|error| SettingError::Server(error.to_string()))?;
        Ok(Self {
            server: built.timeout(Some(PATIENCE)).build(),
            from: from.parse().map_err(|_| SettingError::From)?,
        })
    }

    async fn send(&self, letter: &Letter) -> Result<(), String> {
        let to: Mailbox = letter
            .to
            .parse()
            .map_err(|_| "người nhận không hợp lệ".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(&letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|error| error.to_string())?;
        self.server
            .send(message)
            .await
            .map(drop)
            .map_err(|error| error.to_string())
    }

    /// Sends every letter whose turn it is; returns how many went out.
    ///
    /// # Errors
    /// What the database says. A server that refuses is no error: the letter waits.
    pub async fn send_due(&self, db: &Db) -> Result<u64, DbError> {
        let mut count = 0;
        while let Some(due) = take(db).await? {
            let answer = self.send(&due.letter).await;
            let mut tx = db.begin().await?;
            match answer {
                Ok(()) => {
                    count += 1;
                    store::sent(&mut tx, due.id, now_micros()).await?;
                }
                Err(problem) => {
                    tracing::warn!(letter = due.id, problem, "a letter waits");
                    store::failed(&mut tx, &due, &problem, now_micros()).await?;
                }
            }
            tx.commit().await?;
        }
        Ok(count)
    }
}

async fn take(db: &Db) -> Result<Option<Due>, DbError> {
    let mut tx = db.begin().await?;
    let due = store::next_due(&mut tx, now_micros()).await?;
    tx.commit().await?;
    Ok(due)
}

/// Sends letters for as long as the service runs.
pub async fn keep_sending(post: Post, db: Db) {
    loop {
        if let Err(error) = post.send_due(&db).await {
            tracing::warn!(%error, "letters wait");
        }
        tokio::time::sleep(EVERY).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_checked() {
        assert!(Post::new("smtp://localhost:2525", "Phổ Luật <cong@stp.example.vn>").is_ok());
        assert!(matches!(
            Post::new("localhost", "a@b.vn"),
            Err(SettingError::Server(_))
        ));
        assert!(matches!(
            Post::new("smtp://localhost", "không phải"),
            Err(SettingError::From)
        ));
    }
}
