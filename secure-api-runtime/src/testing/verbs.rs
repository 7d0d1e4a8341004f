//! The methods of HTTP as functions of whoever calls.

/// Implements a function for each method, by `request` of the caller.
macro_rules! verbs {
    ($caller:ty, $credentials:literal, $panics:literal) => {
        verbs! { @ $caller, $credentials, $panics, get GET post POST put PUT patch PATCH delete DELETE query QUERY }
    };
    (@ $caller:ty, $credentials:literal, $panics:literal, $($name:ident $method:ident)*) => {
        impl $caller {
            $(#[doc = concat!("A ", stringify!($method), " request ", $credentials)]
            ///
            /// # Panics
            ///
            #[doc = $panics]
            #[track_caller]
            pub fn $name(&self, path: &str) -> Request {
                self.request(stringify!($method), path)
            })*
        }
    };
}

pub(super) use verbs;
