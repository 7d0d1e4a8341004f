//! An account: what its owner sees of it, and what makes and changes it.

use secure_api::prelude::*;

/// The name that an account is known by. It can be changed.
#[derive(Value, Debug, Clone, PartialEq, Eq)]
#[value(pattern = "^[A-Za-z0-9_-]{1,40}$", unowned = "profiles are for everybody to read")]
pub(crate) struct UserName(String);

/// An account, as it is kept.
#[derive(Clone)]
pub(crate) struct Account {
    /// The caller that signs in to it. It is never anybody else's, whatever its owner is called.
    pub(crate) id: CallerId,
    pub(crate) username: UserName,
    pub(crate) email: Email,
    pub(crate) bio: Option<String>,
    pub(crate) image: Option<WebUrl>,
    pub(crate) password_hash: String,
}

/// An account, as its owner sees it.
#[derive(Resource)]
#[view(UserView, public, fields(
    email,
    username,
    bio,
    image,
    #[allow(plain_secret, reason = "who signs in is given the token to call with")] token,
))]
pub(crate) struct User {
    pub(crate) email: Email,
    pub(crate) username: UserName,
    pub(crate) bio: Option<String>,
    pub(crate) image: Option<WebUrl>,
    pub(crate) token: String,
}

/// An account in the member that the contract has around it.
#[derive(Resource)]
#[view(UserAnswer, public, fields(user as UserView))]
pub(crate) struct SignedIn {
    pub(crate) user: User,
}

impl Account {
    /// Returns the answer to its owner, with the token of this sign-in.
    pub(crate) fn shown(&self, token: String) -> SignedIn {
        let Self { username, email, bio, image, .. } = self.clone();
        SignedIn { user: User { email, username, bio, image, token } }
    }
}

/// A new account.
#[derive(Input)]
pub(crate) struct NewUser {
    pub(crate) username: UserName,
    pub(crate) email: Email,
    #[input(min_len = 1, max_len = 512)]
    pub(crate) password: Secret<String>,
}

/// A new account in the member around it.
#[derive(Input)]
pub(crate) struct Registration {
    pub(crate) user: NewUser,
}

/// An address, and the password that goes with it.
#[derive(Input)]
pub(crate) struct Credentials {
    pub(crate) email: Email,
    #[input(min_len = 1, max_len = 512)]
    pub(crate) password: Secret<String>,
}

/// An address and its password in the member around them.
#[derive(Input)]
pub(crate) struct SignIn {
    pub(crate) user: Credentials,
}

/// A change of an account. What is left out stays; null removes the text and the picture.
#[derive(Input)]
pub(crate) struct UserChange {
    pub(crate) email: Option<Email>,
    pub(crate) username: Option<UserName>,
    #[input(min_len = 1, max_len = 512)]
    pub(crate) password: Option<Secret<String>>,
    #[input(text, max_len = 2000)]
    pub(crate) bio: Patched<String>,
    pub(crate) image: Patched<WebUrl>,
}

/// A change in the member around it.
#[derive(Input)]
pub(crate) struct Change {
    pub(crate) user: UserChange,
}
