//! Stores of objects: one half reads, the other writes, and a handler gets the half that its verb may have.

use std::{any::type_name, fmt, ops::Deref, sync::Arc};

use crate::error::{ApiError, Problem, ProblemType, problem};

/// A database or anything else that keeps state, in two halves.
///
/// The reading half should be unable to write by itself too: a pool whose sessions are read-only.
#[diagnostic::on_unimplemented(
    message = "SA112: `{Self}` is not a store",
    label = "no reading and writing side",
    note = "implement `Store` for it, or register it by `.service(…)` and take it as `Service<{Self}>`"
)]
pub trait Store: Send + Sync + 'static {
    /// The half that reads.
    type Read: Send + Sync + 'static;
    /// The half that writes, and reads its own writes.
    type Write: Send + Sync + 'static;

    /// Returns the reading half.
    fn reader(&self) -> &Self::Read;

    /// Returns the writing half. Only [`Writer`] can call it, since only the framework makes a [`Writing`].
    fn writer(&self, writing: &Writing) -> &Self::Write;
}

/// The leave to write to a store, given by [`Writer`] to [`Store::writer`] and to nobody else.
///
/// It cannot be made, copied or kept. So neither a `Reader`, whatever it reads, nor the store itself leads to the writing
/// half: a handler of GET has no way to it, unless one that may write puts its `Writer` where the other looks.
#[derive(Debug)]
pub struct Writing {
    _sealed: (),
}

/// The reading half of a store, as an argument of any handler.
pub struct Reader<S> {
    store: Arc<S>,
}

/// The writing half of a store, as an argument of a handler whose verb changes state.
pub struct Writer<S> {
    store: Arc<S>,
}

impl<S: Store> Reader<S> {
    pub(crate) fn new(store: Arc<S>) -> Self {
        Self { store }
    }
}

impl<S: Store> Writer<S> {
    pub(crate) fn new(store: Arc<S>) -> Self {
        Self { store }
    }

    /// Returns the reading half of the same store.
    pub fn to_reader(&self) -> Reader<S> {
        Reader { store: Arc::clone(&self.store) }
    }
}

impl<S: Store> Deref for Reader<S> {
    type Target = S::Read;

    fn deref(&self) -> &S::Read {
        self.store.reader()
    }
}

impl<S: Store> Deref for Writer<S> {
    type Target = S::Write;

    fn deref(&self) -> &S::Write {
        self.store.writer(&Writing { _sealed: () })
    }
}

impl<S> fmt::Debug for Reader<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reader")
    }
}

impl<S> fmt::Debug for Writer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Writer")
    }
}

/// A store that did not answer. Any error turns into one by `?`; the log is told, the caller gets 503.
///
/// It displays as its cause. It is no `std::error::Error` itself: what turns any error into one would turn it into
/// itself. In a `main` that returns `Box<dyn Error>`, `?` turns it into its cause. In one that returns `Box<dyn Error + Send + Sync>`,
/// and where another error wants it as its source, [`into_cause`](Self::into_cause) gives what is inside, by
/// `.map_err(StoreError::into_cause)?`: of that type any `StoreError` is made, also by `?` on an `anyhow::Error` or a text, and the
/// compiler admits one direction only.
///
/// ```
/// use secure_api::prelude::StoreError;
///
/// fn read(path: &str) -> Result<String, StoreError> {
///     Ok(std::fs::read_to_string(path)?)
/// }
///
/// fn start(path: &str) -> Result<(), Box<dyn std::error::Error>> {
///     println!("{}", read(path)?);
///     Ok(())
/// }
///
/// fn start_in_a_thread(path: &str) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
///     println!("{}", read(path).map_err(StoreError::into_cause)?);
///     Ok(())
/// }
/// # fn main() {
/// assert!(start_in_a_thread("nowhere").unwrap_err().is::<std::io::Error>());
/// assert!(start("nowhere").unwrap_err().is::<std::io::Error>());
///
/// let error = StoreError::from(std::io::Error::other("the disk is full"));
/// assert_eq!(error.to_string(), "the disk is full");
/// let cause: Box<dyn std::error::Error + Send + Sync> = error.into_cause();
/// assert!(cause.is::<std::io::Error>());
/// # }
/// ```
pub struct StoreError(Box<dyn std::error::Error + Send + Sync>);

impl<E: Into<Box<dyn std::error::Error + Send + Sync>>> From<E> for StoreError {
    fn from(cause: E) -> Self {
        Self(cause.into())
    }
}

impl From<StoreError> for Box<dyn std::error::Error> {
    fn from(error: StoreError) -> Self {
        error.0
    }
}

impl StoreError {
    /// Returns the error of the store.
    pub fn cause(&self) -> &(dyn std::error::Error + Send + Sync + 'static) {
        &*self.0
    }

    /// Returns the error of the store, to be the source of another error.
    pub fn into_cause(self) -> Box<dyn std::error::Error + Send + Sync> {
        self.0
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl ApiError for StoreError {
    fn problems() -> Vec<&'static ProblemType> {
        vec![&problem::UNAVAILABLE]
    }

    fn into_problem(self) -> Problem {
        Problem::unavailable(self.0)
    }
}

/// Returns the refusal where a store or a service is not there. `App::build` asks for each that a route takes.
pub(crate) fn unregistered<T>() -> Problem {
    let why = format!("no {} was registered", type_name::<T>());
    Problem::new(&problem::INTERNAL).because(why)
}
