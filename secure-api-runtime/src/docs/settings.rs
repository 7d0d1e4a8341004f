//! The statement of an app about its documents: if they are served, and to whom.

use crate::{
    inventory::{DocsSettings, SignInUrls},
    role::{NotRoles, RoleSet, Roles},
};

/// The serving of documents and of the documentation page.
///
/// They tell a stranger every path, role and limit of an API, so a release build serves none unless it is told to
/// (ASVS 13.4.5).
///
/// ```
/// use secure_api::docs::Docs;
/// let docs = Docs::open("the API is public, and its customers read the page");
/// assert!(docs.served());
/// assert_eq!(docs.reason(), Some("the API is public, and its customers read the page"));
/// assert!(!Docs::off().served());
/// ```
#[derive(Debug, Clone)]
pub struct Docs {
    settings: DocsSettings,
    readers: Option<RoleSet>,
}

impl Docs {
    /// Serves them in a debug build, and not in a release build. The default.
    pub fn while_developing() -> Self {
        Self::to_all(cfg!(debug_assertions), None)
    }

    /// Serves them always and to everybody, for this reason, which the inventory lists.
    pub fn open(reason: impl Into<String>) -> Self {
        Self::to_all(true, Some(reason.into()))
    }

    /// Serves none.
    pub fn off() -> Self {
        Self::to_all(false, None)
    }

    /// Serves them in each build to callers who have this role, or one that includes it, and to nobody else: by the credentials that
    /// operations admit unless they state others. A browser brings those of a [session](crate::session); whoever has a token fetches
    /// the document with it.
    ///
    /// ```
    /// # use secure_api::prelude::*;
    /// # #[derive(Role)]
    /// # enum Role { Customer, Staff }
    /// let docs = Docs::for_role(Role::Staff);
    /// assert!(docs.served());
    /// assert_eq!(docs.settings().role.as_deref(), Some("staff"));
    /// ```
    pub fn for_role<R: Roles>(role: R) -> Self {
        Self::for_holders(role.holders())
    }

    /// Serves them to the holders of one role.
    pub(crate) fn for_holders(readers: RoleSet) -> Self {
        let role = readers.least().next().map(str::to_owned);
        let settings = DocsSettings { served: true, reason: None, role, issuer: None };
        Self { settings, readers: Some(readers) }
    }

    fn to_all(served: bool, reason: Option<String>) -> Self {
        Self { settings: DocsSettings { served, reason, role: None, issuer: None }, readers: None }
    }

    /// Adds the addresses at which a client logs in, and gets and refreshes tokens, for the document to tell: a scheme of the
    /// type `oauth2`. Without them the document names what the app knows: the discovery document of each
    /// [discovered](crate::token::Issuer::discover) issuer, the operations that sign the app's own users in, and the names of
    /// other issuers. The page signs readers in there, or at a discovered issuer.
    #[must_use]
    pub fn issuer(
        mut self,
        authorization_url: impl Into<String>,
        token_url: impl Into<String>,
    ) -> Self {
        let (authorization, token) = (authorization_url.into(), token_url.into());
        self.settings.issuer = Some(SignInUrls { authorization, token });
        self
    }

    /// Takes the addresses at which a client logs in from another.
    pub(crate) fn signing_in_as(mut self, other: &Self) -> Self {
        self.settings.issuer.clone_from(&other.settings.issuer);
        self
    }

    /// Returns whether they are served.
    pub fn served(&self) -> bool {
        self.settings.served
    }

    /// Returns the reason for always serving them, if they are.
    pub fn reason(&self) -> Option<&str> {
        self.settings.reason.as_deref()
    }

    /// Returns the same as plain data.
    pub fn settings(&self) -> &DocsSettings {
        &self.settings
    }

    /// Returns the roles whose holders may read them, where not everybody may.
    pub(crate) fn readers(&self) -> Option<RoleSet> {
        self.readers
    }
}
