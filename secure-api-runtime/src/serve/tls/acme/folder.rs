//! The folder that keeps a certificate with its key, and the account that it was ordered by.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use instant_acme::AccountCredentials;
use url::Url;

use super::super::{pair::Pair, private};

/// The files of one certificate of one directory: what another one issued, as the staging environment, is not taken for its.
#[derive(Clone)]
pub(super) struct Folder {
    account: PathBuf,
    /// The chain and the key, in one file: so neither is there without the other.
    pair: PathBuf,
}

impl Folder {
    /// Opens it, and sees that it can be written to: an order whose certificate nobody can keep is one too many.
    pub(super) fn open(folder: &Path, directory: &Url, host: &str) -> io::Result<Self> {
        let folder = folder.join(name_of(directory));
        private::make_folder(&folder)?;
        let tried = folder.join("tried");
        private::write(&tried, b"")?;
        // Another process that starts may have been quicker.
        let _ = fs::remove_file(tried);
        let name = format!("{host}.pem");
        Ok(Self { account: folder.join("account.json"), pair: folder.join(name) })
    }

    /// Reads the account at this directory, where there is one.
    pub(super) fn account(&self) -> Option<AccountCredentials> {
        let read = self.read(&self.account)?;
        let account = serde_json::from_slice(&read);
        account.inspect_err(|_| self.tell_of_unusable(&self.account)).ok()
    }

    pub(super) fn keep_account(&self, account: &AccountCredentials) -> io::Result<()> {
        private::write(&self.account, &serde_json::to_vec(account)?)
    }

    /// Forgets an account that the directory does not know.
    pub(super) fn forget_account(&self) -> io::Result<()> {
        fs::remove_file(&self.account)
    }

    /// Reads the pair that was issued last, where there is one.
    pub(super) fn pair(&self) -> Option<Pair> {
        let read = self.read(&self.pair)?;
        Pair::of(&read, &read).inspect_err(|_| self.tell_of_unusable(&self.pair)).ok()
    }

    pub(super) fn keep_pair(&self, chain: &str, key: &str) -> io::Result<()> {
        private::write(&self.pair, format!("{}\n{key}", chain.trim_end()).as_bytes())
    }

    fn read(&self, path: &Path) -> Option<Vec<u8>> {
        let read = fs::read(path);
        let read = read.inspect_err(|error| {
            if error.kind() != io::ErrorKind::NotFound {
                self.tell_of_unusable(path);
            }
        });
        read.ok()
    }

    fn tell_of_unusable(&self, path: &Path) {
        let file = path.display();
        tracing::warn!(target: "secure_api::tls", %file, "a file of ACME cannot be used; another takes its place");
    }
}

/// Returns the name of a directory's folder: its URL without the scheme, and without what would be a path.
fn name_of(directory: &Url) -> String {
    let url = directory.as_str().trim_start_matches("https://");
    let plain = |c: char| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' };
    url.chars().map(plain).collect()
}
