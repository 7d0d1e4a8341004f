//! The configuration of an app in text: a file, the environment, and the app's own settings in it.
//!
//! `file` and `variable` read what is written, each value with its place; `form` is the grammar of values, `key` a setting that
//! there is, `stated` finds each setting that is stated and tells what is wrong, and `own` reads the settings of the app's own. The
//! table of settings is the app's, `app/configured`, since only the app knows what they set.

mod check;
mod fault;
mod file;
mod form;
mod key;
mod node;
mod own;
mod stated;
mod variable;

use std::{
    fmt,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use serde::de::DeserializeOwned;

pub use self::{
    check::{ConfigCheck, EffectiveConfig, EffectiveSetting},
    key::ConfigKey,
};
use self::{file::File, variable::Variable};
pub(crate) use self::{
    form::{UNTOLD, duration, limit, list, size, text},
    key::{Applied, Key, Sets, Unfit},
    node::{Origin, Place},
};
use crate::error::{StartError, StartProblem};

/// The configuration of an app in text, given to it by [`config`](crate::app::AppBuilder::config).
///
/// What it states counts more than what the program states, wherever that is called: the environment before the file, the file
/// before the program, the program before the defaults. The names of settings are those of the builder's methods.
///
/// ```
/// use secure_api::config::Config;
/// # use secure_api::prelude::*;
/// # #[derive(Role)] enum Role { Member }
/// # #[derive(Version)] enum Version { V1 }
/// # #[post("/ping", version = Version::V1.., public = "a monitor has no token")]
/// # async fn ping() -> Accepted { Accepted }
/// # #[api(roles = Role, versions = Version, limit = Limit::per_address(60).per_minute(), routes(ping))]
/// # struct Shop;
///
/// // In a deployment: `Config::named("shop").file("shop.toml").environment()`.
/// let config = Config::named("shop").variables([("SHOP_DEADLINE", "5s"), ("PATH", "/bin")]);
/// let app = Shop::app().config(config).build()?;
/// assert_eq!(app.model().settings.as_ref().map(|settings| settings.deadline_seconds), Some(5.0));
/// # Ok::<(), StartError>(())
/// ```
///
/// What is wrong with it is told when the app is built, together with all else: what cannot be read (SA901), a name that no
/// setting has (SA902), a value of another form (SA903), a setting that is stated twice (SA904), a secret in the configuration
/// itself (SA905), and settings of the app's own that nobody reads (SA906). No message repeats a value.
#[derive(Clone)]
pub struct Config {
    name: String,
    files: Vec<Arc<File>>,
    variables: Vec<Variable>,
    apart: Vec<String>,
    problems: Vec<StartProblem>,
    /// `true` once the app's own settings were read, by any clone.
    own_read: Arc<AtomicBool>,
}

impl Config {
    /// Begins the configuration of an app with this name, of letters, digits, `-` and `_`: the variables of `shop` begin with
    /// `SHOP_`. It has nothing in it yet.
    pub fn named(name: impl Into<String>) -> Self {
        let name = name.into();
        let problem = (!variable::is_name(&name)).then(fault::no_name);
        Self {
            name: variable::prefix(&name),
            files: Vec::new(),
            variables: Vec::new(),
            apart: Vec::new(),
            problems: Vec::from_iter(problem),
            own_read: Arc::default(),
        }
    }

    /// Adds a file in TOML, which has to be there (SA901). It is read here, once. Of several, each states settings that the
    /// others do not (SA904).
    #[must_use]
    pub fn file(mut self, path: impl AsRef<Path>) -> Self {
        match File::read(path.as_ref()) {
            Ok(file) => self.files.push(Arc::new(file)),
            Err(problems) => self.problems.extend(problems),
        }
        self
    }

    /// Adds the variables of this process that begin with the app's name, as `SHOP_DEADLINE`. They are read here, once.
    #[must_use]
    pub fn environment(self) -> Self {
        let variables = std::env::vars_os().filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            Some((name, value.into_string().ok()))
        });
        self.with(variables)
    }

    /// Adds these variables, as those of a process: for tests, and for what keeps them elsewhere.
    #[must_use]
    pub fn variables<N: Into<String>, V: Into<String>>(
        self,
        variables: impl IntoIterator<Item = (N, V)>,
    ) -> Self {
        let variables = variables.into_iter();
        self.with(variables.map(|(name, value)| (name.into(), Some(value.into()))))
    }

    /// Names variables that begin with the app's name and that the program reads itself, as `SHOP_DATA`.
    #[must_use]
    pub fn apart<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.apart.extend(names.into_iter().map(Into::into));
        self
    }

    /// Reads the settings of the app's own: the table `[app]` of the file, and the variables that begin with `SHOP_APP_`. A
    /// field of a struct in it is found by both names, `SHOP_APP_MAIL_FROM`.
    ///
    /// ```
    /// use secure_api::config::Config;
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Own {
    ///     greeting: String,
    ///     retries: u8,
    /// }
    ///
    /// let config = Config::named("shop").variables([("SHOP_APP_GREETING", "hello"), ("SHOP_APP_RETRIES", "3")]);
    /// let own: Own = config.app()?;
    /// assert_eq!((&*own.greeting, own.retries), ("hello", 3));
    /// # Ok::<(), secure_api::error::StartError>(())
    /// ```
    ///
    /// A secret does not stand there: name a file of it, and read that by
    /// [`SecretBytes::file`](crate::secret::SecretBytes::file).
    ///
    /// # Errors
    ///
    /// SA902 for a field that the struct does not have, whether or not it is told to deny unknown fields; SA903 for what is
    /// missing or of another form; SA904 for what is stated twice; and what could not be read at all.
    pub fn app<T: DeserializeOwned>(&self) -> Result<T, StartError> {
        self.own_read.store(true, Ordering::Relaxed);
        let (read, mut problems) = own::read(self);
        let before: Vec<_> = self.problems.clone();
        problems.splice(0..0, before);
        match read {
            Some(read) if problems.is_empty() => Ok(read),
            _ => Err(StartError(problems)),
        }
    }

    fn with(mut self, variables: impl Iterator<Item = (String, Option<String>)>) -> Self {
        // A name that is none would take variables of others for its own.
        if !self.name.is_empty() {
            for (name, value) in variables.filter(|(name, _)| name.starts_with(&self.name)) {
                match value {
                    Some(value) => self.variables.push(Variable::new(name, value)),
                    None => self.problems.push(fault::no_utf_8(&name)),
                }
            }
        }
        self
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Config({})", self.name.trim_end_matches('_'))
    }
}
