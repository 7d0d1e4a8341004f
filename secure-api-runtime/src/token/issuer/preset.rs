//! Identity providers that many have, with the shape of their tokens.

use super::Issuer;

impl Issuer {
    /// Creates the issuer of a realm of Keycloak, by its URL as `https://login.example/realms/shop`, for an API that is registered
    /// there as this client.
    ///
    /// Roles are those of the realm and those of the client. Keycloak puts the client into `aud` where the caller has a role of
    /// it, or where a mapper of the kind *Audience* says so.
    pub fn keycloak(realm: impl Into<String>, client: &str) -> Self {
        let client_claim = client.replace('~', "~0").replace('/', "~1");
        let mut issuer = Self::discover(realm)
            .audience(client)
            .roles_claim("/realm_access/roles")
            .more_roles_claim(format!("/resource_access/{client_claim}/roles"))
            .required_claim("typ", ["Bearer", "DPoP"])
            .untyped("Keycloak writes the header's typ JWT unless a client asks for another one");
        issuer.shape.client_id = vec!["client_id".to_owned(), "azp".to_owned()];
        issuer
    }

    /// Creates the issuer of a tenant of Auth0, by its domain as `shop.eu.auth0.com`, or a domain of your own.
    /// [`audience`](Self::audience) is the identifier of the API.
    ///
    /// Roles are its `permissions`, which Auth0 adds where *RBAC* and *Add Permissions in the Access Token* are on for the API.
    /// An action that adds roles gives them a name like a URL: `.roles_claim("https://shop.example/roles")`.
    pub fn auth0(domain: &str) -> Self {
        let mut issuer = Self::discover(format!("https://{domain}/"))
            .roles_claim("permissions")
            .untyped("Auth0 writes the header's typ JWT unless the API has the profile of RFC 9068")
            .partial_profile("Auth0 sends no jti unless the API has the profile of RFC 9068");
        issuer.shape.client_id = vec!["client_id".to_owned(), "azp".to_owned()];
        issuer
    }

    /// Creates the issuer of a tenant of Microsoft Entra ID, by the id of the tenant. [`audience`](Self::audience) is the
    /// application id of the API, whose manifest has `requestedAccessTokenVersion` 2.
    ///
    /// Roles are the app roles, `roles`; scopes are `scp`; the tenant is `tid`.
    pub fn entra(tenant_id: &str) -> Self {
        let mut issuer =
            Self::discover(format!("https://login.microsoftonline.com/{tenant_id}/v2.0"))
                .scopes_claim("scp")
                .tenant_claim("tid")
                .required_claim("ver", ["2.0"])
                .untyped("Entra ID always writes the header's typ JWT")
                .partial_profile("Entra ID sends no jti; its uti is not for others to rely on");
        issuer.shape.client_id = vec!["azp".to_owned()];
        issuer
    }

    /// Creates the issuer of a user pool of Amazon Cognito, by its region and id as `eu-central-1` and `eu-central-1_abcdefghi`.
    /// Its access tokens have no `aud`, so [`clients`](Self::clients) names the app clients whose tokens count.
    ///
    /// Roles are the groups, `cognito:groups`.
    pub fn cognito(region: &str, pool: &str) -> Self {
        Self::discover(format!("https://cognito-idp.{region}.amazonaws.com/{pool}"))
            .roles_claim("cognito:groups")
            .required_claim("token_use", ["access"])
            .untyped("Cognito writes no typ, and says token_use instead")
    }

    /// Creates the issuer of an authorization server of Okta, by the domain and the server's id, as `shop.okta.com` and
    /// `default`. [`audience`](Self::audience) is the one that the server has. Tokens of the organization itself, which has no
    /// such id, are for Okta alone.
    ///
    /// Roles are `groups`, a claim that the server is given for access tokens; scopes are `scp`.
    pub fn okta(domain: &str, server: &str) -> Self {
        Self::discover(format!("https://{domain}/oauth2/{server}"))
            .roles_claim("groups")
            .scopes_claim("scp")
            .client_id_claim("cid")
            .untyped("Okta writes no typ")
    }
}
