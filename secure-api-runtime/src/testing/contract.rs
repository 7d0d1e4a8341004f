//! The contract in a test: the files beside `Cargo.toml` are what the app promises.

use std::{
    env, fs, io,
    path::{Path, PathBuf},
};

use crate::{
    app::AppBuilder,
    clock::Clock,
    contract::{LOCK, MATRIX, Report, accept, check},
    inventory::ApiModel,
    version::Day,
};

/// The variable by which changes are accepted.
const ACCEPT: &str = "SECURE_API_ACCEPT";

/// Compares an app with `api.lock` and `matrix.snap` beside the `Cargo.toml` of the test, and fails with all that changed.
///
/// `SECURE_API_ACCEPT=new` writes the files the first time, and after changes that break and loosen nothing. What breaks a
/// released version or loosens its security is accepted by name, several with a line break or `; ` between; the message has
/// them to paste. The lock keeps a line of each.
///
/// ```rust,no_run
/// use secure_api::{prelude::*, testing};
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// # const OFTEN: Limit = Limit::per_address(60).per_minute();
/// # /// Answers while it runs.
/// # #[post("/ping", version = Version::V1.., public = "a monitor has no token")]
/// # async fn ping() -> Accepted { Accepted }
/// #[api(roles = Role, versions = Version, limit = OFTEN, routes(ping))]
/// struct Pings;
///
/// #[test]
/// fn the_contract_is_kept() {
///     testing::contract(Pings::app());
/// }
/// ```
///
/// # Panics
///
/// If the app promises anything else than the files say, or they cannot be read or written.
#[track_caller]
pub fn contract(app: AppBuilder) {
    contract_in(app, "");
}

/// Compares an app with the files in a folder, by its path from `Cargo.toml` on. As [`contract`].
///
/// # Panics
///
/// If the app promises anything else than the files say, or they cannot be read or written.
#[track_caller]
#[allow(clippy::needless_pass_by_value, reason = "as `client`, which takes the app too")]
pub fn contract_in(app: AppBuilder, folder: impl AsRef<Path>) {
    let root = env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("."), PathBuf::from);
    let words = env::var(ACCEPT).ok();
    let today = Day::at(&Clock::system());
    if let Err(text) = kept(&app.model(), &root.join(folder), words.as_deref(), today) {
        panic!("{text}");
    }
}

/// Compares, or writes what `words` accept.
fn kept(api: &ApiModel, folder: &Path, words: Option<&str>, today: Day) -> Result<(), String> {
    let read = |name: &str| match fs::read_to_string(folder.join(name)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("{} cannot be read: {error}", folder.join(name).display())),
    };
    let (lock, snap) = (read(LOCK)?, read(MATRIX)?);
    if let Some(words) = words {
        let words: Vec<&str> = words.split('\n').flat_map(|line| line.split("; ")).collect();
        let files =
            accept(api, lock.as_deref(), &words, today).map_err(|error| error.to_string())?;
        for (name, text) in [(LOCK, &files.lock), (MATRIX, &files.matrix)] {
            fs::write(folder.join(name), text).map_err(|error| {
                format!("{} cannot be written: {error}", folder.join(name).display())
            })?;
        }
        return Ok(());
    }
    let report =
        check(api, lock.as_deref(), snap.as_deref(), today).map_err(|error| error.to_string())?;
    if report.passes() { Ok(()) } else { Err(told(&report, lock.is_none())) }
}

/// Says what changed, and by which words it is accepted; where nothing was promised so far, how that is done.
fn told(report: &Report, is_first: bool) -> String {
    let ids: Vec<String> = report.open().map(crate::contract::Finding::id).collect();
    let words = if ids.is_empty() { "new".to_owned() } else { ids.join("\n") };
    let quoted = words.replace('\'', r"'\''");
    // The thread of a test is called as the test is. Another test of another API has other changes.
    let thread = std::thread::current();
    let test = thread.name().filter(|name| *name != "main").map(|name| format!(" {name}"));
    let test = test.unwrap_or_default();
    if is_first {
        let lacking = report.outdated.join("\n");
        return format!(
            "there is no contract yet\n\n{lacking}\n\nto write what the app promises now, for you to read and commit:\n\n{ACCEPT}='{quoted}' cargo test{test}\n"
        );
    }
    format!(
        "the contract changed\n\n{report}\nto accept this, each by its name:\n\n{ACCEPT}='{quoted}' cargo test{test}\n"
    )
}
