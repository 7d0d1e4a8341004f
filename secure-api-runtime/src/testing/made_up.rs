//! Macros that make up a handler's arguments for unit tests. Nothing else may: each macro refuses to compile where
//! `cfg(test)` does not hold, and what they lead to is in no build without debug assertions.

/// A [`Caller`](crate::identity::Caller) with a role, for unit tests: `caller!(Role::Customer, "alice")`.
///
/// More is said of it by `role`, `scope`, `tenant`, `issuer` and `claim`, each as often as needed. Nothing is signed; what the
/// claims mean is read as a verified token's are.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
///
/// ```rust,test_harness
/// use secure_api::{prelude::*, testing};
///
/// #[derive(Role)]
/// enum Role {
///     Customer,
///     #[role(includes(Customer))]
///     Support,
///     Auditor,
/// }
///
/// #[test]
/// fn support_is_a_customer_too() {
///     let ada = testing::caller!(Role::Support, "ada", role = Role::Auditor, scope = "orders:read");
///     assert!(ada.has(Role::Customer) && ada.has(Role::Auditor) && ada.has_scope("orders:read"));
///     let eve = testing::caller!(Role::Customer, "eve", claim("client_id") = "app");
///     assert_eq!((eve.subject(), eve.identity().client_id()), ("eve", Some("app")));
/// }
/// ```
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_caller {
    ($role:expr, $subject:expr $(, $key:ident $(($name:expr))? = $value:expr)* $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::MadeUp::new($role, $subject)$(.$key($($name,)? $value))*.caller()
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_caller as caller;

/// An [`Authorized`](crate::object::Authorized) object, for calling a handler that takes one:
/// `authorized!(order, &alice)` to read it, `authorized!(order, &alice, Action::Update)` to change it.
///
/// The object's rule is asked, and where it denies this the test fails: no handler would have been called. To test the
/// rule itself, call `permits`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_authorized {
    ($object:expr, $caller:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::readable($object, $caller)
    }};
    ($object:expr, $caller:expr, $action:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::authorized($object, $caller, $action)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_authorized as authorized;

/// Makes up the rows that a caller may list, as a [`Scoped`](crate::object::Scoped): `scoped!(&alice)`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_scoped {
    ($caller:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::scoped($caller)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_scoped as scoped;

/// The leave to load objects for a caller, as a [`Loading`](crate::object::Loading): what `Object::load` takes as its
/// third argument, `Note::load(&testing::reader!(db), id, &testing::loading!(&alice))`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_loading {
    ($caller:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::loading($caller)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_loading as loading;

/// The leave to load objects without their rule, as an [`Unchecked`](crate::object::Unchecked): `unchecked!(&alice)`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_unchecked {
    ($caller:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::unchecked($caller)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_unchecked as unchecked;

/// The reading half of a store, as a [`Reader`](crate::object::Reader): `reader!(db.clone())`. What `Object::load`
/// takes first.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_reader {
    ($store:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::reader($store)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_reader as reader;

/// The writing half of a store, as a [`Writer`](crate::object::Writer): `writer!(db.clone())`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_writer {
    ($store:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::writer($store)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_writer as writer;

/// A collaborator, as a [`Service`](crate::route::Service): `service!(Mailer::silent())`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_service {
    ($service:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::service($service)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_service as service;

/// Makes up a wanted page of a list, as a [`Paging`](crate::object::Paging): `paging!(20)` for the first 20 items,
/// `paging!(20, after = id)` for those that follow.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_paging {
    ($size:expr $(, after = $position:expr)? $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::paging($size, [$($position)?].into_iter().next())
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_paging as paging;

/// Makes up the facts of a request, as a [`RequestContext`](crate::route::RequestContext):
/// `request_context!(Version::V1)`. Its client is at `127.0.0.1`.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_request_context {
    ($version:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::request_context($version)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_request_context as request_context;

/// Makes up a [`SecretBytes`](crate::secret::SecretBytes) of bytes or a text: `secret!([7; 32])`. It is not asked if it can be guessed.
///
/// Outside of tests it does not compile (`SA145`), and a build without debug assertions has no way to make one.
#[cfg(debug_assertions)]
#[macro_export]
macro_rules! __testing_secret {
    ($bytes:expr $(,)?) => {{
        #[cfg(not(test))]
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        );
        $crate::__private::testing::secret($bytes)
    }};
}
#[cfg(debug_assertions)]
#[doc(inline)]
pub use __testing_secret as secret;

/// Refuses to make anything up in a build without debug assertions.
#[cfg(not(debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __testing_nothing {
    ($($any:tt)*) => {
        ::core::compile_error!(
            "SA145: only a test may make this up\n  help: move it under `#[cfg(test)]` or into `tests/`; a build without debug assertions has none of it"
        )
    };
}
#[cfg(not(debug_assertions))]
pub use {
    __testing_nothing as caller, __testing_nothing as authorized, __testing_nothing as scoped,
    __testing_nothing as reader, __testing_nothing as writer, __testing_nothing as service,
    __testing_nothing as paging, __testing_nothing as request_context,
    __testing_nothing as loading, __testing_nothing as unchecked, __testing_nothing as secret,
};
