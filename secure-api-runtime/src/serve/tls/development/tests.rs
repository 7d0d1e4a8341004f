//! The certificate for development: its life, its files, and when another takes its place.

use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::*;

/// A folder that goes with this.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("secure-api-development-{name}-{}", std::process::id());
        Self(env::temp_dir().join(name))
    }

    fn open(&self, now: i64) -> (Development, Pair) {
        Development::open(Some(self.0.clone()), now).expect("a pair")
    }

    fn file(&self) -> PathBuf {
        self.0.join("localhost.pem")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const NOW: i64 = 1_790_000_000;

// R48
#[test]
fn a_certificate_lasts_over_starts_and_is_renewed_in_its_last_third() {
    let folder = Folder::new("renewed");
    let (development, first) = folder.open(NOW);
    assert_eq!((first.begins, first.ends), (NOW - HOUR, NOW - HOUR + LIFE));
    let days = |days: i64| NOW + days * 24 * HOUR;
    let (_, again) = folder.open(days(19));
    assert_eq!(again.certificate(), first.certificate(), "an exception of a browser lasts");
    assert!(development.look(&first, days(19)).is_none());
    let renewed = development.look(&first, days(20)).expect("a third is left");
    assert_eq!((renewed.begins, renewed.ends), (days(20) - HOUR, days(20) - HOUR + LIFE));
    let (_, started) = folder.open(days(20));
    assert_eq!(started.certificate(), renewed.certificate(), "it is kept");
    // Another process of the same folder takes it over.
    let taken = development.look(&first, days(20)).expect("another is kept");
    assert_eq!(taken.certificate(), renewed.certificate());
    let clients = fs::read(folder.0.join("localhost-certificate.pem")).expect("a file");
    let clients: Vec<_> =
        CertificateDer::pem_slice_iter(&clients).collect::<Result<_, _>>().expect("PEM");
    assert_eq!(clients, [renewed.certificate().clone()]);
}

#[test]
fn the_file_for_clients_is_written_wherever_it_is_not_that_of_the_pair() {
    let folder = Folder::new("clients");
    let (development, first) = folder.open(NOW);
    let clients = folder.0.join("localhost-certificate.pem");
    let written = fs::read_to_string(&clients).expect("a file");
    assert!(!written.contains("PRIVATE KEY"), "{written}");
    fs::remove_file(&clients).expect("it is ours");
    folder.open(NOW);
    assert_eq!(fs::read_to_string(&clients).expect("a file"), written, "it was gone");
    fs::write(&clients, "another").expect("it is ours");
    assert!(development.look(&first, NOW).is_none());
    assert_eq!(fs::read_to_string(&clients).expect("a file"), written, "it was another");
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new("private");
    let (development, first) = folder.open(NOW);
    let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!((mode(&folder.0), mode(&folder.file())), (0o700, 0o600));
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o640)).expect("it is ours");
    assert!(development.kept().is_none(), "others may have read the key");
    let (_, other) = folder.open(NOW);
    assert_ne!(other.certificate(), first.certificate());
    assert_eq!(mode(&folder.file()), 0o600);
}

#[test]
fn what_cannot_be_kept_or_read_is_made_anew() {
    let folder = Folder::new("broken");
    let (development, first) = folder.open(NOW);
    fs::write(folder.file(), "no certificate").expect("a file");
    assert!(development.look(&first, NOW).is_none(), "the one that is served is good still");
    let (_, other) = folder.open(NOW);
    assert_ne!(other.certificate(), first.certificate());
    // A file stands where the folder is to be.
    let (kept_nowhere, pair) =
        Development::open(Some(folder.file().join("below")), NOW).expect("a pair all the same");
    assert!(kept_nowhere.kept().is_none());
    assert!(pair.is_for("localhost"));
    assert!(Development::open(None, NOW).is_ok());
}
