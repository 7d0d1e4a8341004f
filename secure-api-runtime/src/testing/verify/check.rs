//! The checks: the name of each, and the promise that it holds the app to.

use std::fmt;

macro_rules! checks {
    ($($(#[doc = $doc:literal])* $name:ident $id:literal $promise:literal,)*) => {
        /// One of the promises that are checked.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Check {
            $(#[doc = $promise] $name,)*
        }

        impl Check {
            /// All of them, in the order of enforcement.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns its name, as tables have it.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// Returns the promise in a sentence.
            pub const fn promise(self) -> &'static str {
                match self { $(Self::$name => $promise,)* }
            }
        }
    };
}

checks! {
    Methods "methods" "A method that a path does not have is 405, and `Allow` lists those it has.",
    Anonymous "anonymous" "Nobody without credentials gets in.",
    BadCredentials "bad-credentials" "Credentials that do not hold are refused, on public routes too.",
    Revoked "revoked" "A token that was revoked is refused.",
    ApiKeyCredentials "api-keys" "An API key that was changed, has ended, was revoked or is of another app is refused, and does what it was given for.",
    SessionCredentials "sessions" "A session that never was, was ended or was left alone too long is refused.",
    Proofs "proofs" "A token that is bound to a key is nothing without a new proof of it, for this request.",
    CertificateCredentials "certificates" "A certificate that is somebody else's, or not good now, is refused.",
    OwnKinds "own-kinds" "Credentials of the app's own kind that nobody has are refused.",
    Kinds "kinds" "Credentials of a kind that the route does not admit are refused, and those of two kinds at once.",
    Together "together" "Of credentials that are demanded together none is enough alone.",
    Csrf "csrf" "A page of another site has a browser change nothing.",
    Cookies "cookies" "A cookie is for this host and for HTTPS, and neither scripts nor other sites have it.",
    Roles "roles" "No role lets in but those that are declared, nor do several of the others together.",
    Scopes "scopes" "A token without a scope that is demanded is refused.",
    StepUp "step-up" "An authentication that is too weak or too old is refused.",
    Limits "limits" "A limit is counted, refuses when it is used up, and does not charge anybody else.",
    ClientLimits "client-limits" "A limit per client or per key counts whoever calls by it, and nobody else.",
    ValueLimits "value-limits" "A limit per value counts a value, whoever sends it, and no other value.",
    Weights "weights" "A request counts for what it weighs.",
    AtOnce "at-once" "Of requests at one time no more are answered, and a place comes back when one is given up.",
    Media "media" "A body of another media type, a torn one, one too deep or too long is refused.",
    Bounds "bounds" "Every bound of every field holds where it is crossed by one.",
    Members "members" "Members that are unknown, repeated, missing, null or of another type are refused.",
    SetBy "set-by" "A field of some roles cannot be set by others.",
    Uploads "uploads" "A file that is too large, of another kind than it says, or under a hostile name is refused, and so are too many.",
    Queries "queries" "Parameters of a query that are unknown, repeated or out of bounds are refused.",
    Head "head" "Headers and cookies that an input reads are refused where they are repeated, no plain text or out of bounds.",
    Stated "stated" "A version that a request states elsewhere than in its path is one that is served, in a header or the query stated once.",
    OddKeys "odd-keys" "A key in another form than its own names nothing, and a path hides nothing and has one form.",
    Objects "objects" "The object of somebody else is as good as none.",
    Tenants "tenants" "An object of another tenant is as good as none.",
    Hierarchy "hierarchy" "An object below one that it does not belong to is as good as none.",
    References "references" "An input that names the object of somebody else is refused.",
    Lists "lists" "A list shows nothing of somebody else.",
    Freed "use-after-free" "An object that was removed is gone for every operation.",
    Leakage "leakage" "A creation that was refused leaves nothing.",
    Order "order" "A step without the one before it is refused, and each counts once.",
    Idempotency "idempotency" "A repeated key repeats nothing, and is of one request only.",
    Conditions "conditions" "A change of a state that the caller has not seen is refused.",
    Browsers "browsers" "A page of another site reads nothing.",
    Sunset "sunset" "An operation ends on the day that was announced.",
    Brownout "brownout" "An operation is out while that was announced, and says until when.",
    Views "views" "An answer holds the fields of its view, each within its schema, and nothing more.",
    Problems "problems" "Every refusal is a problem that the document names, and tells nothing of the inside.",
    Headers "headers" "Every answer has the fields that tell a browser what it may do with it.",
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id())
    }
}
