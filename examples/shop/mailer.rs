//! Mail, as a development machine has it: a message is a file in a folder.

use std::path::PathBuf;

use axum::http::{HeaderMap, header::ACCEPT_LANGUAGE};
use secure_api::prelude::*;

use crate::{account::Account, file};

/// Sends mail. This one writes each account's latest message into `outbox/<account>.txt`, which is for its
/// owner's eyes as a mailbox is. Nothing of a message goes to the log.
pub struct Mailer {
    outbox: PathBuf,
}

/// The language of a message.
#[derive(Clone, Copy)]
pub enum Language {
    /// English, also for whoever asks for what there is not.
    English,
    /// German.
    German,
}

impl Language {
    /// Returns the language that a client asks for first.
    pub fn wanted(headers: &HeaderMap) -> Self {
        let wanted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        match wanted.and_then(|value| value.get(..2)) {
            Some("de") => Self::German,
            _ => Self::English,
        }
    }

    fn subject(self) -> &'static str {
        match self {
            Self::English => "Your code",
            Self::German => "Ihr Code",
        }
    }
}

impl Mailer {
    /// Creates a mailer that writes into this folder.
    pub fn new(outbox: PathBuf) -> Self {
        Self { outbox }
    }

    /// Sends a one-time code to the owner of an account.
    pub async fn send_code(
        &self,
        account: &Account,
        code: &Secret<String>,
        language: Language,
    ) -> std::io::Result<()> {
        let (to, subject) = (&account.email, language.subject());
        let message = format!("To: {to}\nSubject: {subject}\n\n{}\n", code.expose());
        // An account's id has no character that means something in a path.
        let path = self.outbox.join(format!("{}.txt", account.id));
        tokio::task::spawn_blocking(move || file::write(&path, &message)).await?
    }
}
