//! Mail, as a development machine has it: a message is a file in a folder.

use std::path::PathBuf;

use secure_api::prelude::*;

use crate::{account::Account, file};

/// Sends mail. This one writes each account's latest message into `outbox/<account>.txt`, which is for its
/// owner's eyes as a mailbox is. Nothing of a message goes to the log.
pub struct Mailer {
    outbox: PathBuf,
}

impl Mailer {
    /// A mailer that writes into this folder.
    pub fn new(outbox: PathBuf) -> Self {
        Self { outbox }
    }

    /// Sends a one-time code to the owner of an account.
    pub async fn send_code(&self, account: &Account, code: &Secret<String>) -> std::io::Result<()> {
        let message = format!("To: {}\nSubject: Your code\n\n{}\n", account.email, code.expose());
        // An account's id has no character that means something in a path.
        let path = self.outbox.join(format!("{}.txt", account.id));
        tokio::task::spawn_blocking(move || file::write(&path, &message)).await?
    }
}
