//! The shape of an issuer's tokens, where it is not the one of RFC 9068.

use super::Issuer;

/// The claims in which an issuer's tokens say what they say.
pub(crate) struct TokenShape {
    /// The claims that hold roles, each a name or a JSON Pointer. What they name is put together.
    pub(crate) roles: Vec<String>,
    pub(crate) scopes: String,
    /// The claims that hold the client; the first that is there counts.
    pub(crate) client_id: Vec<String>,
    /// The clients whose tokens count, where a token does not say which API it is for.
    pub(crate) clients: Vec<String>,
    /// Claims with the texts of which they have to be one.
    pub(crate) required: Vec<(String, Vec<String>)>,
    /// The reason for which `typ` need not be `at+jwt`.
    pub(crate) untyped: Option<&'static str>,
    /// The reason for which a client is the subject of what is said of a token without one.
    pub(crate) client_as_subject: Option<&'static str>,
}

impl TokenShape {
    /// Creates the shape that RFC 9068 describes.
    pub(super) fn standard() -> Self {
        Self {
            roles: vec!["roles".to_owned()],
            scopes: "scope".to_owned(),
            client_id: vec!["client_id".to_owned()],
            clients: Vec::new(),
            required: Vec::new(),
            untyped: None,
            client_as_subject: None,
        }
    }
}

impl Issuer {
    /// Sets the claim that holds the roles: its name, or a JSON Pointer (RFC 6901) if it begins with a slash, as
    /// `/realm_access/roles`. The claim is a list of texts, or one text with spaces between. By default `roles` (RFC
    /// 9068, section 2.2.3.1). A token without it has no roles.
    #[must_use]
    pub fn roles_claim(mut self, claim: impl Into<String>) -> Self {
        self.shape.roles = vec![claim.into()];
        self
    }

    /// Adds a further claim that holds roles, as [`roles_claim`](Self::roles_claim) sets the first. A token has those of all.
    #[must_use]
    pub fn more_roles_claim(mut self, claim: impl Into<String>) -> Self {
        self.shape.roles.push(claim.into());
        self
    }

    /// Sets the claim that holds the OAuth scopes: its name, or a JSON Pointer. The claim is one text with spaces between, or a
    /// list of texts. By default `scope` (RFC 8693, section 4.2); `scp` is a common one.
    #[must_use]
    pub fn scopes_claim(mut self, claim: impl Into<String>) -> Self {
        self.shape.scopes = claim.into();
        self
    }

    /// Sets the claim that holds the OAuth client. By default `client_id` (RFC 9068, section 2.2); `azp` and `cid` are common ones.
    #[must_use]
    pub fn client_id_claim(mut self, claim: impl Into<String>) -> Self {
        self.shape.client_id = vec![claim.into()];
        self
    }

    /// Sets the clients whose tokens count, of an issuer whose tokens do not say by `aud` which API they are for. A token of
    /// another client is refused, and so is one with an `aud`, unless [`audience`](Self::audience) is set as well and names it.
    #[must_use]
    pub fn clients<C: Into<String>>(mut self, ids: impl IntoIterator<Item = C>) -> Self {
        self.shape.clients = ids.into_iter().map(Into::into).collect();
        self
    }

    /// Demands a claim that is one of these texts, as `("token_use", ["access"])`: what tells an access token from others where
    /// its `typ` does not. Several calls demand several claims.
    #[must_use]
    pub fn required_claim<V: Into<String>>(
        mut self,
        claim: impl Into<String>,
        one_of: impl IntoIterator<Item = V>,
    ) -> Self {
        let values = one_of.into_iter().map(Into::into).collect();
        self.shape.required.push((claim.into(), values));
        self
    }

    /// Accepts tokens whose `typ` is `JWT` or missing, from an issuer that does not write `at+jwt`, and says why. One that has
    /// a claim which only ID tokens and logout tokens have is refused. Where the issuer has a claim of its own that tells
    /// its access tokens, demand it by [`required_claim`](Self::required_claim).
    #[must_use]
    pub fn untyped(mut self, reason: &'static str) -> Self {
        self.shape.untyped = Some(reason);
        self
    }
}
