//! Access tokens as security schemes: one for each way in which a client gets them.

use utoipa::openapi::security::{
    AuthorizationCode, Flow, HttpAuthScheme, HttpBuilder, OAuth2, OpenIdConnect, Scopes,
    SecurityScheme,
};

use super::schema::some;
use crate::{
    inventory::{ApiModel, IssuerKeys, IssuerSettings, Operation, SignInUrls, VersionModel},
    token::discovery_document,
};

/// The scheme of an issuer's pages, where the app states them: the only kind that names scopes, and so roles.
const OAUTH2: &str = "oauth2";
/// The scheme of an issuer that is discovered.
const OPEN_ID: &str = "openIdConnect";
/// The scheme of all others.
const BEARER: &str = "Bearer";

/// One way to get access tokens.
enum Way<'a> {
    /// The issuer's pages, which the app states.
    Pages(&'a SignInUrls),
    /// The places that the issuer's discovery document names.
    Discovered(&'a IssuerSettings),
    /// Places elsewhere: the app gives them itself, or its issuers say nothing of themselves.
    Elsewhere,
}

/// Returns the schemes of access tokens, with their names.
pub(super) fn schemes(api: &ApiModel, version: &VersionModel) -> Vec<(String, SecurityScheme)> {
    let scheme = |way: &Way<'_>| match way {
        Way::Pages(urls) => pages(api, version, urls),
        Way::Discovered(issuer) => discovered(api, issuer),
        Way::Elsewhere => elsewhere(api, version),
    };
    names(api).into_iter().zip(ways(api).iter().map(scheme)).collect()
}

/// Returns the names of the schemes of access tokens: each alone is enough.
pub(super) fn names(api: &ApiModel) -> Vec<String> {
    let mut discovered = 0;
    let ways = ways(api);
    let name = |way: &Way<'_>| match way {
        Way::Pages(_) => OAUTH2.to_owned(),
        Way::Discovered(_) => {
            discovered += 1;
            if discovered == 1 { OPEN_ID.to_owned() } else { format!("{OPEN_ID}{discovered}") }
        }
        Way::Elsewhere => BEARER.to_owned(),
    };
    ways.iter().map(name).collect()
}

/// Returns `true` if a scheme has scopes, which an operation can name. OpenAPI admits names of roles for other schemes too, but
/// most tools take them for scopes that are missing; there `x-required-roles` alone says them.
pub(super) fn has_scopes(name: &str) -> bool {
    name == OAUTH2
}

/// Returns the ways to get access tokens, without those that lead nowhere else.
fn ways(api: &ApiModel) -> Vec<Way<'_>> {
    let Some(settings) = &api.settings else { return vec![Way::Elsewhere] };
    let is_own = |issuer: &IssuerSettings| issuer.keys == IssuerKeys::Own;
    if let Some(urls) = &settings.docs.issuer {
        let own = settings.issuers.iter().any(is_own).then_some(Way::Elsewhere);
        return std::iter::once(Way::Pages(urls)).chain(own).collect();
    }
    let is_discovered = |issuer: &&IssuerSettings| issuer.keys == IssuerKeys::Discovered;
    let mut ways: Vec<_> =
        settings.issuers.iter().filter(is_discovered).map(Way::Discovered).collect();
    if ways.is_empty() || ways.len() < settings.issuers.len() {
        ways.push(Way::Elsewhere);
    }
    ways
}

/// Returns the scheme of tokens that a client gets by these pages. It has the roles as scopes.
fn pages(api: &ApiModel, version: &VersionModel, urls: &SignInUrls) -> SecurityScheme {
    let mut scopes: Vec<(String, String)> =
        api.roles.iter().map(|role| (role.name.clone(), role_text(api, &role.name))).collect();
    for scope in api.operations_in(&version.segment).flat_map(|operation| &operation.scopes) {
        if scopes.iter().all(|(known, _)| known != scope) {
            let text = format!("The OAuth scope `{scope}`, in addition to a role.");
            scopes.push((scope.clone(), text));
        }
    }
    let SignInUrls { authorization, token } = urls;
    let flow =
        AuthorizationCode::with_refresh_url(authorization, token, Scopes::from_iter(scopes), token);
    let text = "An access token as a JSON Web Token of an issuer that the server trusts, verified as RFC8725 and \
                RFC 9068 ask and sent as `Authorization: Bearer`. A scope here is a role in the token, or \
                what it says in its `scope`; whoever has a role that includes another has that too. An operation \
                lists the least roles it admits, each with all the scopes it needs.";
    SecurityScheme::OAuth2(OAuth2::with_description([Flow::AuthorizationCode(flow)], text))
}

/// Returns the scheme of an issuer that is discovered: its document says where a client gets tokens.
fn discovered(api: &ApiModel, issuer: &IssuerSettings) -> SecurityScheme {
    let (name, url) = (&issuer.name, discovery_document(&issuer.name));
    let text = format!(
        "An access token of the issuer <{name}>, {}, sent as `Authorization: Bearer`. {}",
        form([issuer]),
        roles(api)
    );
    SecurityScheme::OpenIdConnect(OpenIdConnect::with_description(url, text))
}

/// Returns the scheme of tokens that the app gives itself, or that are given at places nobody states.
fn elsewhere(api: &ApiModel, version: &VersionModel) -> SecurityScheme {
    let issuers = || issuers(api).filter(|issuer| issuer.keys != IssuerKeys::Discovered);
    let form = form(issuers());
    let text = format!(
        "An access token, {form}, sent as `Authorization: Bearer`. {} {}",
        givers(api, version, issuers()),
        roles(api)
    );
    let mut scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(text));
    if !issuers().any(|issuer| issuer.introspection_kept_seconds.is_some()) {
        scheme = scheme.bearer_format("JWT");
    }
    SecurityScheme::Http(scheme.build())
}

/// Returns the scheme of access tokens that come with a proof. The library has a closed list of HTTP's schemes, in which this
/// one is not: [`named`](super::credentials::named) says it.
pub(super) fn bound(api: &ApiModel, version: &VersionModel) -> SecurityScheme {
    let text = format!(
        "An access token, {}, bound to a key of the client's (RFC 9449) and sent as `Authorization: DPoP`. With each \
         request comes a new proof of that key in the header `DPoP`, for its method and its URL. {} {}",
        form(issuers(api)),
        givers(api, version, issuers(api)),
        roles(api)
    );
    let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some(text));
    SecurityScheme::Http(scheme.build())
}

fn issuers(api: &ApiModel) -> impl Iterator<Item = &IssuerSettings> {
    api.settings.iter().flat_map(|settings| &settings.issuers)
}

/// Says how tokens of these issuers are verified.
fn form<'a>(issuers: impl IntoIterator<Item = &'a IssuerSettings>) -> &'static str {
    let mut issuers = issuers.into_iter().peekable();
    let unread = |issuer: &IssuerSettings| issuer.keys == IssuerKeys::Unknown;
    let (mut all, mut any) = (issuers.peek().is_some(), false);
    for issuer in issuers {
        (all, any) = (all && unread(issuer), any || issuer.introspection_kept_seconds.is_some());
    }
    match (all, any) {
        (true, _) => "which its issuer is asked about (RFC 7662)",
        (_, true) => {
            "a JSON Web Token that is verified as RFC8725 and RFC 9068 ask, or one that its issuer is asked about \
             (RFC 7662)"
        }
        _ => "a JSON Web Token that is verified as RFC8725 and RFC 9068 ask",
    }
}

/// Says who gives tokens: operations of this version, and these issuers.
fn givers<'a>(
    api: &ApiModel,
    version: &VersionModel,
    issuers: impl Iterator<Item = &'a IssuerSettings>,
) -> String {
    let gives = |operation: &&Operation| operation.credential && operation.issues();
    let operations = api.operations_in(&version.segment).filter(gives).map(|operation| {
        format!(
            "`{} {}`",
            operation.verb.as_str(),
            version.addresses.link(&version.segment, &operation.path)
        )
    });
    let operations: Vec<_> = operations.collect();
    let (own, others): (Vec<_>, Vec<_>) =
        issuers.partition(|issuer| issuer.keys == IssuerKeys::Own);
    let mut sentences = Vec::new();
    if !operations.is_empty() {
        sentences.push(format!("Whoever signs in gets one by {}.", operations.join(" or ")));
    } else if !own.is_empty() {
        sentences.push("The server issues it to whoever signs in.".to_owned());
    }
    if !others.is_empty() {
        let names: Vec<_> = others.iter().map(|issuer| format!("<{}>", issuer.name)).collect();
        let too = if sentences.is_empty() { "accepted" } else { "accepted, too" };
        sentences.push(format!("Those of {} are {too}.", names.join(" and of ")));
    } else if sentences.is_empty() {
        sentences.push("It is one of an issuer that the server trusts.".to_owned());
    }
    sentences.join(" ")
}

/// Says which roles there are, for schemes that have no scopes.
fn roles(api: &ApiModel) -> String {
    let mut text = "The token names roles; whoever has a role that includes another has that too. `x-required-roles` of an \
                    operation lists the least roles that it admits, `x-required-scopes` the scopes that it needs \
                    besides.\n"
        .to_owned();
    for role in &api.roles {
        text.push_str(&format!("\n- `{}`: {}", role.name, role_text(api, &role.name)));
    }
    text
}

/// Describes a role.
fn role_text(api: &ApiModel, name: &str) -> String {
    let Some(role) = api.roles.iter().find(|role| role.name == name) else { return String::new() };
    let mut text = match some(&role.description) {
        Some(description) => description.to_owned(),
        None => format!("The role {}.", role.variant),
    };
    let also: Vec<&str> = api.includers(name).collect();
    if !also.is_empty() {
        text.push_str(&format!(" Included in: {}.", also.join(", ")));
    }
    text
}
