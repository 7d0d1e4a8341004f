//! The data folder: keys, certificate, database and outgoing mail, each made at first need.
//!
//! None of it is ever printed. A lock makes two processes that start at the same time find the same keys.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use rcgen::KeyPair;
use secure_api::{
    Tls, client::WebhookSecret, error::StartProblem, secret::SecretBytes, token::Signer,
};
use uuid::Uuid;

use crate::{db::Db, file, mailer::Mailer, pictures::Pictures};

/// The reason for which the shop cannot go on.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The folder that holds the shop's data.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    /// Opens the folder and makes what is missing of its keys.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        file::make_folder(path)?;
        let folder = Self { path: path.canonicalize()? };
        let _lock = folder.lock()?;
        folder.make_signing_key()?;
        folder.make_secret()?;
        folder.make_certificate()?;
        Ok(folder)
    }

    /// Returns the signer of the shop's tokens.
    pub fn signer(&self) -> Result<Signer, Failure> {
        Ok(Signer::es256_pem(SecretBytes::file(self.path.join("signing-key.pem")), "development")?)
    }

    /// Returns the secret of the shop, which its servers have in common.
    pub fn secret(&self) -> SecretBytes {
        Self::secret_in(&self.path)
    }

    /// Returns the secret of the shop whose folder this is, also where it is not open.
    pub fn secret_in(path: &Path) -> SecretBytes {
        SecretBytes::file(path.join("secret")).base64()
    }

    /// Returns the secret by which the partner knows the shop's webhooks, which is made at first need: the file `partner-secret`,
    /// whose text is for the partner.
    pub fn partner_secret(&self) -> Result<WebhookSecret, Failure> {
        let _lock = self.lock()?;
        if !self.has("partner-secret") {
            self.write("partner-secret", &WebhookSecret::generate().reveal())?;
        }
        Ok(self.read("partner-secret")?.trim().parse()?)
    }

    /// Returns the certificate to serve with: one that somebody put here, or one for development, which no release build serves.
    pub fn tls(&self) -> Result<Tls, StartProblem> {
        if self.has("certificate.pem") {
            return Tls::pem_files(
                self.path.join("certificate.pem"),
                self.path.join("certificate-key.pem"),
            );
        }
        Tls::development_in(&self.path)
    }

    /// Returns the certificate for development, where that is served: what `curl --cacert` needs.
    pub fn trusted(&self) -> Option<PathBuf> {
        let made = self.path.join("localhost-certificate.pem");
        (!self.has("certificate.pem")).then_some(made)
    }

    /// Opens the database, its tables made and filled.
    pub async fn db(&self) -> Result<Db, Failure> {
        let _lock = self.lock()?;
        let path = self.path.join("shop.db");
        // SQLite gives the files beside it the same permissions.
        drop(file::open(&path)?);
        Ok(Db::open(&path).await?)
    }

    /// Returns the sender of mail.
    pub fn mailer(&self) -> io::Result<Mailer> {
        let outbox = self.path.join("outbox");
        file::make_folder(&outbox)?;
        Ok(Mailer::new(outbox))
    }

    /// Returns the folder of pictures of products.
    pub fn pictures(&self) -> io::Result<Pictures> {
        let pictures = self.path.join("pictures");
        file::make_folder(&pictures)?;
        Ok(Pictures(pictures))
    }

    /// Returns the folder itself.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Waits until no other process makes anything here. The system releases the lock when the file is closed,
    /// however the process ends.
    fn lock(&self) -> io::Result<File> {
        let file = file::open(&self.path.join("lock"))?;
        file.lock()?;
        Ok(file)
    }

    fn read(&self, name: &str) -> io::Result<String> {
        fs::read_to_string(self.path.join(name))
    }

    fn write(&self, name: &str, content: &str) -> io::Result<()> {
        file::write(&self.path.join(name), content)
    }

    fn has(&self, name: &str) -> bool {
        self.path.join(name).exists()
    }

    fn make_signing_key(&self) -> Result<(), Failure> {
        if !self.has("signing-key.pem") {
            self.write("signing-key.pem", &KeyPair::generate()?.serialize_pem())?;
        }
        let public = KeyPair::from_pem(&self.read("signing-key.pem")?)?.public_key_pem();
        Ok(self.write("signing-key.pub.pem", &public)?)
    }

    /// Makes the secret: three random UUIDs, of 122 random bits each.
    fn make_secret(&self) -> Result<(), Failure> {
        if !self.has("secret") {
            let random = [(); 3].map(|()| Uuid::new_v4().into_bytes()).concat();
            self.write("secret", &STANDARD.encode(random))?;
        }
        Ok(())
    }

    /// Makes the certificate for development, so that a client can trust it before the shop serves it.
    fn make_certificate(&self) -> Result<(), Failure> {
        if cfg!(debug_assertions) {
            self.tls()?;
        }
        Ok(())
    }
}
