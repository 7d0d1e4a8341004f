//! The texts of all diagnostics: each with its code, the mistake in one line, and the help.
//!
//! This file stands on its own, so that the tests and the book's error index include the same table. The
//! text of a check that the compiler makes on types or constants is repeated by the trait or function that
//! makes it; a test compares.

/// One diagnostic. Each `{}` in a text is filled, in order, with what the message is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Message {
    /// Letters and number, as `SA101`; the first digit is the practice.
    pub(crate) code: &'static str,
    /// The mistake, in one line.
    pub(crate) text: &'static str,
    /// The help: code to write instead.
    pub(crate) help: &'static str,
}

impl Message {
    /// Returns the page of the book that tells all about it, from the book's root.
    #[allow(dead_code)]
    pub(crate) fn page(&self) -> String {
        format!("errors/{}.md", self.code)
    }

    /// Returns the message as the compiler prints it.
    pub(crate) fn render(&self, args: &[&str]) -> String {
        let mut args = args.iter();
        let text = format!("{}: {}\n  help: {}", self.code, self.text, self.help);
        let mut parts = text.split("{}");
        let mut filled = parts.next().unwrap_or_default().to_owned();
        // What is filled in may have braces of its own.
        for part in parts {
            filled.push_str(args.next().copied().unwrap_or("…"));
            filled.push_str(part);
        }
        filled
    }
}

macro_rules! messages {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal, $help:literal;)*) => {
        $($(#[$doc])* #[allow(dead_code)] pub(crate) static $name: Message = Message { code: $code, text: $text, help: $help };)*
        /// All of them, in the order of their codes.
        #[allow(dead_code)]
        pub(crate) static ALL: &[&Message] = &[$(&$name),*];
    };
}

messages! {
    // Grammar.
    /// The attribute is not written as one.
    GRAMMAR = "SA001", "{}", "{}";
    /// A key that no attribute of this kind has.
    UNKNOWN_KEY = "SA002", "there is no key `{}` here", "{}";
    /// A key written twice.
    REPEATED_KEY = "SA003", "`{}` is stated twice", "keep one of them";
    /// The attribute stands on something else than it is for.
    WRONG_ITEM = "SA005", "`{}` belongs on {}", "move it there";
    /// A type that no handler can take. Said by the trait `Argument`.
    ARGUMENT = "SA006", "a handler cannot take `{}`", "there are `Caller`, `Authorized`, `Scoped`, `Unchecked`, `Unowned`, `Json`, `Patch`, `Form`, `Upload`, `RawBody`, `TextBody`, `StreamedBody`, `Query`, `Headers`, `Cookies`, `Paging`, `Reader`, `Writer`, `Service`, `Clock` and `RequestContext`; what only an extractor of axum's can read, as a `HeaderMap`, is taken as `secure_api::route::Extractor<HeaderMap>`, with `allow(extractor, reason = \"…\")` on the route";
    /// A path parameter without an argument.
    PATH_UNBOUND = "SA007", "the path's `{{}}` is bound by no argument", "{}";
    /// A handler that says nothing of what it returns.
    NO_RESULT = "SA008", "`{}` returns nothing", "write {} after its arguments";
    /// An argument that only a path can bind, and no parameter of its name. Said by the trait `NamedInPath`.
    ARGUMENT_UNBOUND = "SA009", "no parameter of the path has this argument's name", "write `\"{}\"` in place of `\"{}\"`, or rename the argument to a parameter of the path";
    /// Two stores or services of one type. Said at start.
    STATE_TWICE = "SA010", "two of {} were registered", "register one of each type; wrap the other in a newtype";
    /// A store or service that a route takes and nobody registered. Said at start.
    STATE_MISSING = "SA011", "`{}` takes the {} {}, and none was registered", "add it to the app: `.store(…)`, `.service(…)`, `.upstream(…)` or `.api_keys(…)` before `.build()`";
    /// A path that is not absolute.
    PATH_SLASH = "SA012", "the path `{}` does not begin with `/`", "write `\"/{}\"`";
    /// A path with an empty segment. Of a slash at the end, where nothing says that paths are as written, said by `check_spelling`.
    PATH_EMPTY = "SA013", "the path has an empty segment", "write `\"{}\"`: no `/` at the end, and none twice";
    /// A parameter that no argument can be called.
    PATH_PARAMETER = "SA014", "`{}` is no parameter", "write a lower-case name in braces, the name of the argument it binds: `\"{}\"`";
    /// One parameter twice.
    PATH_TWICE = "SA015", "the path has `{}` twice", "give each parameter its own name";
    /// A version in the path, where nothing says that paths are as written. Said by `check_spelling`.
    PATH_VERSION = "SA016", "the path begins with the version `{}`", "write `\"{}\"`: `version` puts the version there";
    /// A segment that is not lower-case and hyphenated, where nothing says that paths are as written. Said by `check_spelling`.
    PATH_SEGMENT = "SA017", "the segment `{}` is not lower-case words with hyphens", "write `\"{}\"`; or, of addresses that clients have, say so: `allow(path, reason = \"…\")` here, or `#[version(paths = \"as written\", reason = \"…\")]` above the enum of versions";
    /// Something listed as a route that is none. Said by the trait `Endpoint`.
    NOT_ROUTE = "SA018", "`{}` is not a route", "name a handler with `#[get]`, `#[post]`, `#[put]`, `#[patch]` or `#[delete]` above it";
    /// A rule that nobody is excepted from.
    UNKNOWN_RULE = "SA019", "there is no rule `{}` to allow an exception from", "{}";
    /// A bound on a body that is never read. Said by `check_body_limit`.
    BODY_LIMIT = "SA020", "`{}` takes no body, so there is nothing to limit", "take `Json<…>`, or remove `body_limit`";
    /// A bound that nothing meets. Said by `check_body_limit` and `check_timeout`.
    BOUND_NOTHING = "SA021", "the {} of `{}` is nothing", "write more than 0, or remove the key to take the app's";
    /// An extractor of axum's on a route that does not say why. Said by `check_argument`.
    EXTRACTOR = "SA022", "`{}` is read by an extractor that nothing here checks", "take an argument of ours, or say why not: `allow(extractor, reason = \"…\")`";
    /// An exception that nothing needs. Said by `check_allowed`.
    ALLOW_UNUSED = "SA023", "`{}` needs no such exception, so there is nothing to allow", "remove it: it would hide a later mistake";
    /// A module below `#[routes]` whose routes nothing collects.
    MODULE_UNCOLLECTED = "SA031", "the routes of the module `{}` are collected by nothing", "write `#[routes]` above it too, or move it out of this module";
    /// Routes that a macro may make where a prefix cannot reach them.
    MACRO_BELOW_PREFIX = "SA032", "the prefix does not reach what `{}!` makes", "move it to a module of its own, whose routes have their whole paths and are listed by `routes(…)`";
    /// `defaults!` in a module that has `#[routes]`.
    DEFAULTS_TWICE = "SA033", "the module's defaults are stated by `#[routes]`", "write these keys there";
    /// A crate named from where the code stands.
    CRATE_RELATIVE = "SA034", "`{}` means another thing wherever the code lands", "write it from a root: `crate = {}`";
    /// A key that may hold the letters behind it, where another one follows in its segment. Said by `check_api`.
    KEY_ENDS = "SA036", "a key `{}` of `{}` may hold `{}`, which ends it in {}", "keep that out of the key by its `pattern`, or put a `/` between the two";
    /// Two paths that are one for whoever folds case or takes a slash at the end away. Said by `check_api`.
    PATH_ALIKE = "SA037", "`{}` at {} and `{}` at {} differ by {} alone", "change one of the two paths, or part their versions";
    /// A path with a parameter inside of a segment that may be another one. Said by `check_api`.
    PATHS_MEET = "SA038", "a path of `{}` at {} may be one of `{}` at {}", "change one of the two paths, or keep the letters that tell them apart out of the keys";
    /// Several versions, and nothing in a request that tells them apart.
    VERSION_UNTOLD = "SA039", "a request would not say if it means `{}` or `{}`", "write `place = path` in place of `place = none`, or keep one version";
    /// A version's name that means another thing in a path, a header or a file. The variant's own is the default.
    VERSION_NAME = "SA040", "`{}` is no name of a version", "write `name = \"{}\"`: letters, digits, `.`, `-` and `_`, 64 at most";
    /// An operation at an address that the app answers by itself. Said at start.
    VERSION_ADDRESS_TAKEN = "SA041", "`{}` is called at `{}`, and the app itself answers `{}`", "change the path, or put all paths below a segment: `#[version(below = \"/api\", …)]` above the enum of versions";
    /// A header or a parameter of the query that cannot state a version.
    VERSION_STATED_AS = "SA042", "`{}` states no version: {}", "write `\"{}\"`, or another name that nobody else reads";
    /// A version for requests that state none, where none states one.
    VERSION_UNSTATED = "SA043", "requests state their version in the path, or nowhere, so none is left unstated", "remove `unstated`, or write `place = header(\"X-Api-Version\")` above the enum, with a reason";
    /// An input that reads the version. Said at start.
    VERSION_READ_TWICE = "SA044", "`{}` reads `{}`, which states the version", "remove the field, or give it another name by `name = \"…\"`: `RequestContext` tells the version";
    /// A media type that cannot state a version.
    VERSION_MEDIA_TYPE = "SA046", "`{}` states no version: {}", "write `\"application/vnd.acme.{version}+json\"`, with a name of yours for `acme`";
    /// A question that an import left open. Said by `question!`.
    QUESTION = "SA099", "nobody has answered: {}", "write the answer in place of `question!(…)`: what a document leaves open, an attacker chooses";

    // Token, role, object.
    NO_ACCESS = "SA101", "nothing says who may call `{}`", "write `role = Role::…`, or `public = \"why anybody may\"`";
    /// Both a role and `public`.
    TWO_ACCESS = "SA102", "`role` and `public` exclude each other", "remove `{}` to ask for a role, or `role` to admit anybody";
    /// `public = ""`, and `public = "todo"`.
    EMPTY_REASON = "SA103", "`{}` needs a reason in words", "write a sentence for the one who reviews it, of three words or more: `{} = \"…\"`";
    /// A role enum without roles.
    ROLE_NONE = "SA104", "`{}` has no roles", "write a variant for each role, as `Customer, Staff, Admin` in the braces";
    /// More roles than a set of bits holds.
    ROLE_TOO_MANY = "SA105", "there are more than 128 roles", "split the API, or use OAuth scopes for what is finer than a role";
    /// `includes` names no role.
    ROLE_UNKNOWN = "SA106", "there is no role `{}`", "{}";
    /// A hierarchy that leads back to where it started.
    ROLE_CYCLE = "SA107", "the roles include each other in a circle: {}", "remove one of these `includes`";
    /// A type that is no role enum. Said by the trait `Roles`.
    ROLE_ENUM = "SA108", "`{}` is not a role enum", "write `#[derive(Role)]` above `{}`, an enum whose variants are the roles";
    /// A name that cannot stand in a token's scope.
    ROLE_NAME = "SA109", "a role's name in tokens is visible ASCII without quotes and backslashes", "write `{}`";
    /// Two roles of one name.
    ROLE_SAME_NAME = "SA110", "two roles are called `{}` in tokens", "write `{}`, or another name that no other has";
    /// A type without an owner's rule. Said by the trait `Object`.
    NOT_OBJECT = "SA111", "`{}` has no owner's rule", "implement `Object` for it: how it is loaded, and what `permits` a caller";
    /// A type that is no store. Said by the trait `Store`.
    NOT_STORE = "SA112", "`{}` is not a store", "implement `Store` for it, or register it by `.service(…)` and take it as `Service<…>`";
    /// A path parameter without its proof. Said by the trait `PathArgument`.
    NO_PROOF_IN = "SA113", "`{}` proves nothing about what the path names", "take `Authorized<T>` for an object that belongs to somebody, or `Unowned<K>` for what belongs to nobody";
    /// A route that asks for roles of another enum than its API's.
    ROLE_FOREIGN = "SA114", "`{}` asks for roles of {}, and the roles of {} are {}", "use one role enum";
    /// An argument of a public route that needs a caller.
    PUBLIC_CALLER = "SA115", "`{}` is public, and this argument needs to know who is calling", "state a role, or take `Option<Caller<…>>`";
    /// An object that is returned without its proof.
    NO_PROOF_OUT = "SA116", "`{}` returns an object without the proof that its caller may have it", "take and return `Authorized<…>`, or a page of them from `Scoped<…>`; or say why anybody may have it: `allow(unproven, reason = \"…\")`";
    /// A path parameter that no rule guards, and no reason. Said by `check_argument`.
    PARAMETER_SILENT = "SA117", "nothing says why `{}` belongs to nobody", "take `Authorized<…>` if it belongs to somebody, or say why not: `#[value(unowned = \"…\")]` above its key's type";
    /// A type that a cursor cannot hold. Said by the trait `Position`.
    NO_POSITION = "SA118", "`{}` is no position in a list", "order the list by a value that has `#[derive(Value)]`, as `Paging<Timestamp>`, or by two or three: `Paging<(Timestamp, OrderId)>`";
    /// A text that cannot be an OAuth scope. Said by `check_scopes` of a constant.
    SCOPE = "SA119", "`{}` is no OAuth scope", "write visible ASCII without spaces, quotes and backslashes, as `\"{}\"`";
    /// Scopes where no token is asked for.
    SCOPE_PUBLIC = "SA120", "`scope` on a public route is asked of nobody", "remove `scope`, or write `role = Role::…` in place of `public`";
    /// A role that can do nothing. Said by `check_api`.
    ROLE_UNUSED = "SA121", "no operation of {} admits {}", "ask for it where it is needed, remove the role, or `allow(unused_role, reason = \"…\")`";
    /// Administration that whoever may do something else may do. Said by `check_api`.
    ADMIN_SHARED = "SA122", "`{}` at {} is administration and admits {}", "give administration a role that nothing else asks for, or write `allow(shared_admin, reason = \"…\")` into `#[api]`";
    /// Two objects of a path that may have nothing to do with each other. Said by the trait `BelongsTo`.
    UNRELATED = "SA123", "nothing says how `{}` belongs to `{}`, which stands before it in the path", "write `impl BelongsTo<Cart> for Item`, or say why there is no such relation: `allow(unrelated, reason = \"…\")`";
    /// An object of an API with tenants that is of none. Said by `check_api`.
    UNTENANTED = "SA124", "`{}` of {} guards `{}`, and nothing says whose tenant's it is", "write `tenant = …`, the field, in its `#[object(…)]`, or `const TENANT: Option<fn(&Self) -> &str> = Some(|object| &object.tenant);` in its `impl Object`, or on the route why it is shared: `allow(untenanted, reason = \"…\")`";
    /// An object in an answer that is none. Said by `check_proven`.
    UNPROVEN_INSIDE = "SA125", "`{}` of view {} is an object without the proof that its caller may have it", "make it `Authorized<…>`, or several of them from `Scoped::prove`";
    /// Accounts whose standing is remembered for long. Said at start.
    STANDING_LONG = "SA126", "the standing of an account is remembered for more than five minutes", "leave `.remembered(…)` out, or give it seconds: until they are over, who is gone is let in";
    /// Answers about tokens that are remembered for long, or that nobody gives. Said at start.
    INTROSPECTION_KEPT = "SA127", "what the issuer {} says of a token is remembered for more than five minutes, or nobody asks it", "leave `.introspection_kept_for(…)` out, or give it seconds: until they are over, a token that was taken back counts";
    /// Keys that are kept for too short or too long, or that nobody publishes. Said at start.
    KEYS_KEPT = "SA128", "the keys of the issuer {} are kept for less than an hour or for more than a day, or it publishes none", "leave `.keys_kept_for(…)` out, or give it hours: for longer than they are fresh, and not for long after they were withdrawn";
    /// A secret that was made just now, in an answer that is kept. Said at start.
    SECRET_REPEATED = "SA129", "`{}` takes `{}` and an `Idempotency-Key`, and no secret is answered twice", "remove `idempotency_key` from the route: whoever lost the answer asks for another secret";
    /// A ledger that machines share, whose names only one of them can make. Said at start.
    LEDGER_SECRET = "SA130", "the app has a ledger of its own, and no secret to make its names with", "give `.secret(…)` 32 random bytes, the same on every machine";
    /// An app that issues tokens, and does not say by which name. Said at start.
    SIGN_IN_ISSUER = "SA131", "the app signs its users in, and nothing says by which name", "add `.base_url(\"https://…\")` to the app, or `.issuer(\"https://…\")` to its `SignIn`";
    /// Lifetimes of tokens that do not fit each other. Said at start.
    SIGN_IN_LIFETIMES = "SA132", "the lifetimes of tokens that the app issues do not fit", "give access tokens an hour at most, refresh tokens longer, and their absolute end after their idle one";
    /// An argument that signs somebody in, of an app that does not. Said at start.
    SIGN_IN_MISSING = "SA133", "`{}` takes `{}`, and the app signs nobody in", "add `.sign_in(SignIn::new(\"…\"))` to the app, with its name in the tokens that it issues";
    /// A Redis that nobody finds by what is stated. Said at start.
    REDIS_STATED = "SA134", "the URL of the ledger's Redis is none: {}", "write it as `rediss://redis.example:6379`, or `redis://127.0.0.1:6379` on this machine";
    /// A Redis that is not there, or does not remember. Said before a socket opens.
    REDIS_UNFIT = "SA135", "the ledger's Redis at {} cannot be used: {}", "name a Redis 7 or a Valkey that answers there and forgets nothing (`maxmemory-policy noeviction`), and a user who may write and run scripts, with `.password(…)`";
    /// A live inventory that machines share, and nothing that they share it in. Said at start.
    INVENTORY_ALONE = "SA136", "the live inventory is to be shared, and the app has no ledger that machines share", "add `.ledger(…)` to the app, or write `.inventory_file(\"…\")` in place of `.inventory_shared()`";
    /// Settings of sessions that end at once. Said at start.
    SESSION_SETTINGS = "SA137", "nobody can have a session of these settings", "give sessions a minute without a request or more, no less in all, and each caller one or more";
    /// Sessions of an app that does not say what its own pages are. Said at start.
    SESSION_ORIGIN = "SA138", "the app has sessions, and does not say which origin its own pages have", "add `.base_url(\"https://shop.example\")`, the URL that browsers find the app at";
    /// An argument that an app without sessions cannot give. Said at start.
    SESSIONS_MISSING = "SA139", "`{}` takes sessions, and the app has none", "add them to the app: `.sessions(SessionSettings::new())` before `.build()`";
    /// A session in an answer that is kept. Said at start.
    SESSION_REPEATED = "SA140", "`{}` takes `Sessions` and an `Idempotency-Key`, and no session is answered twice", "remove `idempotency_key` from the route: to begin a session again is to begin another";
    /// A text that names no authentication. Said by `check_authentication` of a constant.
    AUTHENTICATION = "SA141", "`{}` is no name of an authentication", "write visible ASCII without spaces, quotes and backslashes, as `\"{}\"`";
    /// An authentication that is asked of nobody. Said by `check_caller` where a module is public.
    AUTHENTICATION_PUBLIC = "SA142", "`{}` on a public route is asked of nobody", "write `role = …` instead of `public`, or remove `{}`";
    /// A secret in a URL, by its name. Said by `check_secret_segment` of a type, by `check_secret_parameter` of a parameter.
    SECRET_IN_PATH = "SA143", "`{}` stands in a path and looks like a secret, and a URL stands in logs and histories", "take it in the body, as a `Secret<String>`, or give what is no secret another name";
    /// An argument of a handler that is made up where no test is. Said by the macros of `testing`.
    MADE_UP = "SA145", "only a test may make this up", "write `#[cfg(test)]` above its function, or move it into `tests/`; a build without debug assertions has none of it";
    /// Clients as subjects, without a reason. Said at start.
    CLIENT_AS_SUBJECT = "SA146", "the issuer {} has tokens whose subject is their client, and no reason in words for it", "write a sentence for the one who reviews it, of three words or more: why none of them is a person's";
    /// No issuer. Said at start.
    NO_ISSUER = "SA149", "`{}` asks for a role, and the app takes no credentials that it admits", "add them before `.build()`: `.tokens(Issuer::new(…))`, `.sessions(…)`, `.api_keys(…)` or `.source(…)`";
    /// An issuer's name that is no URL. Said at start.
    ISSUER_NAME = "SA150", "the issuer `{}` is not an https URL without query and fragment", "write it as its tokens have it in `iss`, as `https://login.example`";
    /// An issuer whose tokens are for nobody. Said at start.
    ISSUER_AUDIENCE = "SA151", "the issuer {} has no audience", "add `.audience(\"…\")`, this API's name at the issuer";
    /// An issuer without keys. Said at start.
    ISSUER_KEYLESS = "SA152", "the issuer {} has no key", "add one, as `.key(Key::es256_pem(…))`, or another kind of key";
    /// A key that is too short, or none at all. Said at start.
    KEY_WEAK = "SA153", "key {} of the issuer {} {}", "use the issuer's public key for that algorithm, or a secret of 32 random bytes";
    /// Secrets beside public keys. Said at start.
    KEYS_MIXED = "SA154", "the issuer {} has both shared secrets and public keys", "keep one kind: with both, a public key can be passed off as a secret";
    /// Clocks too far apart. Said at start.
    LEEWAY = "SA155", "the issuer {} has a leeway of more than 300 seconds", "set the clocks; a leeway of 30 seconds is plenty then";
    /// Keys that tokens cannot tell apart. Said at start.
    KEY_ID = "SA156", "key {} of the issuer {} has no id that its tokens can name it by", "add `.id(\"…\")`, the `kid` of the issuer's tokens, to each key its own";
    /// One issuer twice. Said at start.
    ISSUER_TWICE = "SA157", "the issuer {} is stated twice", "state it once, with all its keys";
    /// A partial profile without a reason. Said at start.
    PROFILE_REASON = "SA158", "the issuer {} has a partial profile without a reason in words", "write a sentence for the one who reviews it, of three words or more: why its tokens lack claims of RFC 9068";
    /// A claim without a name. Said at start.
    ROLES_CLAIM = "SA159", "the issuer {} has a roles claim without a name", "name the claim, or leave `.roles_claim(…)` out for `roles`";
    /// Made-up tokens on an address of the network. Said when the app is served.
    TEST_ISSUER = "SA160", "tokens of tests are accepted on {}, which others can reach", "give the app its own issuer; `testing::issuer()` is for tests";
    /// A claim without a name. Said at start.
    TENANT_CLAIM_EMPTY = "SA161", "the issuer {} has a tenant claim without a name", "name the claim, as `.tenant_claim(\"org_id\")`";
    /// An issuer of an API with tenants that names none. Said at start.
    TENANT_CLAIM = "SA162", "the issuer {} does not say where a caller's tenant is", "add `.tenant_claim(\"…\")`, the claim that names it, or remove `tenants` from the API";
    /// A type that is no kind of credentials. Said by the trait `Credential`.
    NOT_CREDENTIAL = "SA163", "`{}` is no kind of credentials", "name one that the framework has, as `Bearer`, or write `impl Credential` for your own";
    /// Two sources of one kind. Said at start.
    SOURCE_TWICE = "SA164", "credentials of the kind `{}` cannot be told from those of the kind `{}`", "give the app one source of each kind, each with a name and a place of its own, as `Kind::query(\"OldKey\", \"key\", \"…\")` beside an `ApiKey`; several issuers of tokens are one, by `.tokens(…)` for each";
    /// A kind of credentials that nothing knows. Said at start.
    SOURCE_MISSING = "SA165", "`{}` is called by credentials of the kind `{}`, and the app has no source of them", "add the source to the app: `.tokens(…)` or `.sign_in(…)` for access tokens, `.dpop(…)` for those with a proof, `.api_keys(…)`, `.sessions(…)`, `.source(…)` for certificates and a kind of your own";
    /// Two kinds of credentials that cannot come together. Said at start.
    ALL_OF_ONE_HEADER = "SA166", "`{}` demands credentials of the kinds `{}` and `{}`, which stand in one header", "demand one of the two, or send one in a header of its own";
    /// A call before another one that its callers may not make. Said at start.
    BY_BEFORE = "SA167", "`{}` needs a call of `{}` before it, which does not admit all its credentials", "state the same `by` on both";
    /// A kind that cannot be sent, or that browsers send. Said at start.
    KIND_NAMES = "SA168", "`{}` is no kind of credentials that can be sent: {}", "name it and a header of its own, as `Kind::header(\"Badge\", \"x-badge\")`";
    /// Keys of the app's beside those that an issuer publishes. Said at start.
    KEYS_TWICE = "SA169", "the issuer {} has keys of yours beside those that it publishes", "leave `.key(…)` out, or name the issuer by `Issuer::new(…)` and keep the keys up to date yourself";
    /// Keys that would be fetched over plaintext. Said at start.
    KEYS_URL = "SA170", "the keys of the issuer {} are not at an https URL", "write the URL of its set of keys, as `.jwks_uri(\"https://login.example/keys\")`; plain http on loopback only";
    /// Tokens without a type, without a reason. Said at start.
    UNTYPED_REASON = "SA171", "the issuer {} has tokens without a type, and no reason in words for it", "write a sentence for the one who reviews it, of three words or more: why its access tokens are not `at+jwt`";
    /// An issuer that signs for any tenant. Said at start.
    TENANTS_OF_ALL = "SA172", "the issuer {} stands for the tenants of everybody", "write the id of your tenant, as `Issuer::entra(\"00000000-0000-0000-0000-000000000000\")`";
    /// Questions about tokens that nobody asks. Said at start.
    INTROSPECTION_CLIENT = "SA173", "the issuer {} is asked about tokens by nobody, or without a secret", "add `.introspect(\"…\", secret)`, a client of the issuer and the secret that it proves itself by";
    /// Questions about tokens over plaintext. Said at start.
    INTROSPECTION_URL = "SA174", "the issuer {} is not asked about tokens at an https URL", "name the issuer by `Issuer::discover(…)`, or write `.introspection_uri(\"https://login.example/introspect\")`";
    /// Two that could be asked. Said at start.
    INTROSPECTION_TWICE = "SA175", "two issuers are asked about tokens that are no JWT", "keep `.introspect(…)` on one of them: such a token does not say which it is of";
    /// Bytes or a text where a secret is asked for. Said by the trait `NamesOrigin`.
    SECRET_ORIGIN = "SA176", "`{}` does not say where the secret comes from", "write `SecretBytes::env(\"APP_SECRET\")` in place of it, with the name of your variable; there are `file`, `fetched` and `random` too";
    /// A secret whose place cannot be read. Said at start.
    SECRET_UNREAD = "SA177", "the secret cannot be read from {}", "put it there, where the server's user may read it, or name another place";
    /// A key that can be guessed. Said at start.
    SECRET_GUESSED = "SA178", "the secret can be guessed that comes from {}", "put the text there that `openssl rand -base64 32` prints, and keep it out of the repository";
    /// A burst of a limit that has no window yet. Said by the trait `Windowed`.
    LIMIT_BURST_FIRST = "SA179", "a limit has its window before its burst", "write `.burst(…)` last, as in `Limit::per_principal(30).per_minute().burst(10)`";
    /// Proofs of a URL that nobody stated. Said at start.
    DPOP_URL = "SA180", "the app takes proofs of its URL, and does not say at which it is found", "add `.base_url(\"https://…\")`, as callers write it: a proof is for one URL";
    /// A time that proofs are good for, which is none or too long. Said at start.
    DPOP_WINDOW = "SA181", "proofs are good for less than 1 or more than 300 seconds", "leave `.window(…)` out for a minute; clocks that differ by more are to be set";
    /// Proofs without tokens. Said at start.
    DPOP_TOKENS = "SA182", "the app takes proofs of the keys of tokens, and accepts no issuer's tokens", "add an issuer to the app: `.tokens(Issuer::new(…))` before `.build()`";
    /// Proxies that are no network. Said at start.
    PROXIES_NETWORK = "SA183", "`{}` is no network of proxies", "write the first address and the length of the prefix, as `10.0.0.0/8`, or one address";
    /// Proxies that are everyone. Said at start.
    PROXIES_EVERYONE = "SA184", "the trusted proxies are everyone, so anybody can say where a request comes from, and whose certificate it has", "name the networks of your proxies alone, as `.proxies([\"10.0.0.0/8\"])`";
    /// Authorities of clients that are none. Said at start.
    CLIENT_AUTHORITIES = "SA185", "there is no authority to take client certificates of, or one that is none", "give the certificates of the authorities in PEM, each of which may issue certificates";
    /// Certificates that nobody asks for. Said at start.
    CERTIFICATE_IDLE = "SA186", "callers are known by client certificates, and nobody asks for one", "ask for them by `Tls::clients(…)`, or name the proxies that do by `.proxies([…])`";
    /// A claim that tokens have for something else. Said at start.
    SIGN_IN_TENANT = "SA187", "the tokens that the app issues cannot carry a tenant in the claim `{}`", "name one that tokens have for nothing else, as `.tenant_claim(\"org_id\")`";
    /// Certificates that nobody can tell from revoked ones. Said at start.
    CLIENT_LISTS = "SA188", "a list of revoked client certificates {}", "after `.clients(…)`, give the lists (CRL) that the authorities publish now, in PEM or DER";
    /// Authorities that lists cannot tell apart. Said at start.
    CLIENT_NAMES = "SA189", "two authorities of client certificates have one name, and nobody can tell whose list is whose", "name each authority once, and have a new one issue under a name of its own; or give no lists";
    /// A type that stands in paths and holds what no path can. Said by `check_segment`.
    KEY_SEGMENT = "SA190", "`{}` stands in paths, and not each of its values is one segment of a path", "wrap a `Uuid`, a number, a `Slug`, or a `String` with `max_len` or `pattern`";
    /// A type that nobody marked as a key. Said by the trait `ObjectKey`.
    NOT_KEY = "SA191", "`{}` is not marked as the key of an object", "write `#[value(key)]` above `{}`, and `#[derive(Value)]`: a newtype, or an enum of names";
    /// A bare key where nobody asks whose it is. Said by `check_field`.
    KEY_BARE = "SA192", "`{}` is the bare key of an object, which nobody has loaded or permitted", "take `Ref<…>` of the object, or say why a key is enough: `#[input(key = \"…\")]`";
    /// A key of somebody's object that is nobody's.
    KEY_UNOWNED = "SA193", "`key` and `unowned` exclude each other", "remove `unowned` for what finds an object, or `key` for what belongs to nobody; a second newtype around the key is for what is both";
    /// A word that is reserved from nothing. Said by `check_reserved`.
    RESERVED_IDLE = "SA194", "`{}` reserves `{}`, which is no value of it", "remove it, or write the word as the path has it";
    /// An exception for a key where there is none. Said by `check_key_allowed`.
    KEY_IDLE = "SA195", "`{}` is no key of an object, so nothing is forbidden here", "remove the exception: it would hide a later mistake";
    /// A key that may be a fixed segment of another path. Said by `check_api`.
    PATHS_OVERLAP = "SA196", "the `{}` of `{}` at {} may be `{}`, and then `{}` at {} answers", "keep the word out of the key: `#[value(key, reserved(\"{}\"))]`, or change a path";
    /// An alternative of credentials that asks for more than another one.
    ALTERNATIVE_IDLE = "SA197", "`{}` is never needed: `{}` is enough", "remove `{}`";

    /// Objects loaded without their rule on a route that does not say why. Said by `check_argument`.
    UNCHECKED = "SA200", "`{}` loads objects without asking whose they are", "take `Authorized<…>` or `Scoped<…>`, or say why not: `allow(unchecked, reason = \"…\")`";

    // Serve: all of it is said at start.
    /// Plaintext that others can reach.
    PLAINTEXT = "SA201", "plaintext on {}, which others can reach", "give the server a certificate, or serve plaintext on 127.0.0.1 or [::1] only, or to trusted proxies alone: `.proxies([\"10.0.0.0/8\"])`";
    /// A text that is no address.
    ADDRESS = "SA202", "{} is not an address to serve on: {}", "write a host and a port, as 127.0.0.1:8443, [::1]:8443 or localhost:8080";
    /// An address that cannot be had.
    ADDRESS_TAKEN = "SA203", "cannot serve on {}: {}", "choose an address of this machine and a port that nothing else uses";
    /// A certificate that is none.
    CERTIFICATE = "SA204", "the certificate is not one to serve with", "give a chain of X.509 certificates in PEM, the server's own first";
    /// A private key that is none.
    PRIVATE_KEY = "SA205", "the private key is not one to serve with", "give the certificate's private key in PEM, unencrypted: PKCS #8, PKCS #1 or SEC 1";
    /// Key and certificate of two different pairs.
    KEY_PAIR = "SA206", "the private key is not that of the certificate", "give the key that the certificate was made for; in the chain, the server's own certificate comes first";

    // Stores and services, and what is made of them.
    /// A store that is taken whole. Said by `check_argument`.
    STORE_AS_SERVICE = "SA207", "`{}` is a store, and `Service` hands out both of its halves", "take `Reader<…>` to read, or `Writer<…>` to write; of API keys `ApiKeyList<…>`, or `ApiKeys<…>`";
    /// An object that is created without asking its rule before. Said by `check_result`.
    NOT_PERMITTED = "SA208", "`{}` creates an object, and nobody asked if its caller may", "write `let object = Authorized::create(object, &caller)?;` before it is stored, and return `Created<Authorized<…>>`";
    /// A store that was registered as a service. Said at start.
    STORE_REGISTERED = "SA209", "`{}` takes the store {}, which was registered as a service", "register it by `.store(…)` and not by `.service(…)`";

    // Relations of a caller to an object.
    /// A view for the owner of what has none. Said by `check_mine`.
    MINE_UNOWNED = "SA210", "`mine` of `{}` is a view for the owner, and nothing says who owns `{}`", "write `#[object(owner = field)]` above its `impl Object`, or the constant `OWNER` in it";

    // Other services that an app calls.
    /// A service that cannot be called as it is declared. Said at start.
    UPSTREAM = "SA211", "{} cannot be called at `{}`: {}", "write `Upstream::at(\"https://payments.example/v2\")`, and for a host of your own network `.internal(\"payments.corp:443\", \"…\")` beside it";
    /// An exception of a service without a reason. Said at start.
    UPSTREAM_REASON = "SA212", "{} is called without a reason in words", "write a sentence for the one who reviews it, of three words or more, into `.internal(…)` and `.own_token(…)`";
    /// A call in the name of a caller who may have no token. Said at start.
    UPSTREAM_TOKEN = "SA213", "`{}` calls {} with the token of its caller, who may have none", "write `role = Role::…` and `by = Bearer` on the route, or declare the service without `.passes_token()`";

    // Certificates of a server, besides SA204 to SA206: said at start.
    /// A certificate that clients refuse by its time.
    CERTIFICATE_ENDED = "SA214", "the certificate has ended, or has not begun", "give one that is good now; if it should be, look at the clock of this machine";
    /// A further certificate that nobody is ever shown.
    CERTIFICATE_HOSTLESS = "SA215", "a further certificate is for no host", "give one with a host among its alternative names (`DNS:shop.example`): clients are shown it by that";
    /// A host that no certificate is issued for by its port alone.
    ACME_HOST = "SA216", "a certificate for {} cannot be had by TLS-ALPN-01", "name hosts that clients reach on port 443, as `api.example.com`: no address, and no wildcard";
    /// An agreement that is the author's to make.
    ACME_TERMS = "SA217", "nobody agreed to the terms of service of {}", "read them, and write `.terms_of_service_agreed()`";
    /// An authority that cannot be asked as it was stated.
    ACME_DIRECTORY = "SA218", "ACME cannot be asked at `{}`: {}", "write the `https` URL of a directory, as `.directory(Acme::LETS_ENCRYPT)`, its root in PEM, and contacts as `mailto:ops@example.com`";
    /// A folder that loses what was issued.
    ACME_FOLDER = "SA219", "the folder {} cannot keep a certificate: {}", "name a folder that the server's user may write to, and that outlasts the server";
    /// A certificate for development that clients elsewhere would be shown.
    DEVELOPMENT_CERTIFICATE = "SA220", "a certificate for development is served {}", "give the server one that its clients trust, by `Tls::pem_files(…)`; `Tls::development()` is for 127.0.0.1 and [::1]";

    // Hosts and origins of an app.
    /// A host that no request names. Said at start.
    HOST = "SA221", "`{}` is no host", "write it as `Host` has it: `shop.example`, or `shop.example:8443` where the port is not the default";
    /// An origin that no browser sends. Said at start.
    ORIGIN = "SA222", "`{}` is no origin that answers may be read by", "write it as browsers send it: `https://app.example`; `http` is for this machine, as `http://localhost:5173`";
    /// A path that nothing can stand below. Said at start.
    BASE_URL = "SA223", "`{}` is no URL that an app is found at", "write it as `https://shop.example/api`: https, plain segments, no slash at the end, no query";
    /// A bound of a server that admits nothing. Said at start.
    NO_ROOM = "SA224", "`{}` is 0, so nobody could be served", "leave it at its default, or state more than nothing";
    /// The PROXY protocol without proxies. Said at start.
    PROXY_PROTOCOL_IDLE = "SA225", "the PROXY protocol is for trusted proxies, and none is named", "name the networks of those who speak it, as `.proxies([\"10.0.0.0/8\"])`";
    /// A header of proxies without proxies. Said at start.
    FORWARDED_IDLE = "SA226", "a header tells the addresses of clients, and no proxy that writes it is named", "name the networks of those who write it, as `.proxies([\"10.0.0.0/8\"])`";
    /// A management listener that others can reach. Said at start.
    MANAGE_OPEN = "SA227", "the management listener is on {}, which others can reach, and asks nobody for credentials", "write `Manage::at(…).token(SecretBytes::env(\"MANAGE_TOKEN\"))`, or `manage.token` into the configuration, or manage the app on 127.0.0.1 or [::1]";
    /// A token of the management listener that is short. Said at start.
    MANAGE_TOKEN = "SA228", "the token of the management listener has fewer than 32 bytes", "put the text there that `openssl rand -base64 32` prints";
    /// An operation that is closed or opened and is none. Said at start.
    CLOSED_UNKNOWN = "SA229", "`{}` cannot be {}: {}", "write the name of a handler, as the inventory lists it, and a sentence of three words or more; keep either `.close(…)` or `.reopen(…)` of it";

    // Input, by role.
    /// A field of some callers that nobody can leave out. Said by `check_settable`.
    SETTERS_REQUIRED = "SA230", "`{}` is for some callers to set, and has to be there", "make it `Option<…>`: the others leave it out";
    /// A field that asks who is calling where nobody may be. Said by `check_argument`.
    PUBLIC_FIELD = "SA231", "`{}` is public, and `{}` needs to know who is calling: {}", "write `role = Role::…` in place of `public`, or leave the field out of this input";
    /// A secret that anybody may guess at any rate. Said by `check_argument`.
    PUBLIC_SECRET = "SA232", "`{}` is public and takes the secret `{}`", "write `credential, limit = Limit::per_address(5).per_minute()` beside `public`: a limit per address that is stricter than the API's";
    /// A secret in a URL. Said by `check_argument`.
    QUERY_SECRET = "SA233", "`{}` is a secret, and a URL stands in logs and histories", "take `Json` or `Form` of a `#[post]` in place of `Query`";

    // The live inventory.
    /// A file of the live inventory that is none. Said at start.
    INVENTORY_FILE = "SA234", "the live inventory cannot be kept in `{}`: {}", "name a file for `.inventory_file(\"…\")` that the app may read and write, or one that is not there yet";
    /// A text at the place of a live inventory that is none. Said at start.
    INVENTORY_BROKEN = "SA235", "`{}` is no live inventory: {}", "put a copy of it back, or move it aside to begin with nothing closed: what was closed by hand was kept in it";
    /// A live inventory in a file, of an app without a secret. Said at start.
    INVENTORY_SECRET = "SA236", "the live inventory is kept in a file, and the app has no secret to name its clients by", "add `.secret(SecretBytes::env(\"APP_SECRET\").base64())` to the app, with the name of your variable: 32 random bytes";

    // The audit stream.
    /// A place of an audit stream that cannot be written. Said at start.
    AUDIT_PLACE = "SA237", "the audit stream cannot be written to {}: {}", "name a file for `Audit::file(\"…\")` that the app may write, in a folder that is there";
    /// An audit stream of an app without a secret. Said at start.
    AUDIT_SECRET = "SA238", "the app has an audit stream, and no secret to make the hashes in it with", "add `.secret(SecretBytes::env(\"APP_SECRET\").base64())` to the app, with the name of your variable: 32 random bytes";
    /// A body that is read before its sender is known. Said by `check_body`.
    WEBHOOK_LATE = "SA239", "`{}` reads a body before it is known who sent it", "write `Webhook` in front of the argument that reads it";

    // Objects by attribute.
    /// A part of an object that nothing says.
    OBJECT_UNSTATED = "SA240", "`{}` has no `{}`", "{}";
    /// A fact in the attribute and in the block below it.
    OBJECT_TWICE = "SA241", "`{}` is stated by `{}` too", "keep one of them";
    /// A role of the generated rule, where there is none.
    OBJECT_GRANT_UNUSED = "SA242", "`{}` says who may, and `permits` below decides that", "remove it, or remove `permits`: then the owner may do everything, and these roles what is named";
    /// An object of which nothing says who may do what.
    OBJECT_RULE = "SA243", "nothing says who may do what to `{}`", "write `owner = field` where it has an owner, `read = Role::…` where roles decide, or `fn permits(&self, caller: &Caller<…>, action: Action) -> bool`";
    /// A listing that does not follow from owner and roles.
    OBJECT_SCOPE = "SA244", "nothing says what of `{}` a caller may list", "write `fn scope(caller: &Caller<…>) -> …`, for the query that lists: it follows by itself only from `owner` and `read`, without `permits` and without a tenant that roles read";
    /// A field that names no owner. Said by the trait `OwnerField`.
    OBJECT_OWNER = "SA245", "`{}` names no owner", "write `CallerId` in place of `{}`, filled by `caller.id().clone()`, or `Option<CallerId>` where an object may be nobody's; for anything else there is the constant `OWNER`";
    /// A field that names no tenant. Said by the trait `TenantField`.
    OBJECT_TENANT = "SA246", "`{}` names no tenant", "write `String` in place of `{}`: the tenant's name in tokens; for anything else there is the constant `TENANT`";
    /// A kind of credentials for keys that is none of theirs. Said at start.
    KEYS_AS_OTHERS = "SA247", "`{}` is no kind of API keys", "make it by `ApiKey::in_header(\"x-acme-key\")`, `ApiKey::in_cookie(\"acme_key\")` or `ApiKey::in_query(\"key\", \"…\")`";
    /// A body in a file of which no signature is checked. Said by `check_body`.
    WEBHOOK_FILE = "SA248", "`{}` takes a webhook whose content is in a file, which no signature is checked of", "write `RawBody` in place of `StreamedBody`";

    // Limit.
    /// An operation without a limit and without a reason.
    LIMIT_REASON = "SA302", "an operation without a limit needs a reason in words", "write a sentence for the one who reviews it, of three words or more: `Limit::unlimited(\"…\")`";
    /// A limit that lets nothing pass, or contradicts itself.
    LIMIT_NOTHING = "SA303", "there is no such limit: {}", "write a count, a window and a burst above 0, the burst not above the count";
    /// Limits for load tests where others can reach them. Said at start.
    LIMIT_SCALE = "SA304", "limits are multiplied on {}, which others can reach", "serve on 127.0.0.1 or [::1], or leave the limits as they are declared";
    /// Limits by role that leave somebody out.
    LIMIT_NO_REST = "SA305", "the limits leave some callers without one", "end with `_ => Limit::per_principal(60).per_minute()` for everybody else whom the route admits";
    /// An arm after the one for the rest.
    LIMIT_AFTER_REST = "SA306", "`_` takes everybody, so nobody gets to this limit", "put `_` last: write `{}` in place of `limit(…)`";
    /// An arm whose callers all get to another one. Said by `check_limit_arm`.
    LIMIT_UNREACHED = "SA307", "nobody gets to arm {} of the limits of `{}`: the arms above it take all of its callers", "put the higher role first, or remove this arm";
    /// A limit per address by role. Said by `check_limit_arm`.
    LIMIT_ADDRESS = "SA308", "`{}` limits addresses by role, and an address is counted before anybody knows the caller's role", "write `Limit::per_principal` in place of `Limit::per_address`";
    /// A route that takes credentials without a limit per address. Said by `check_credential` where there are others.
    CREDENTIAL_LIMIT = "SA309", "`{}` takes credentials and has no limit per address", "write `limit = Limit::per_address(5).per_minute()`, stricter than the API's: who guesses has no name yet, and what is observed or `at_once` refuses no guess";
    /// A route that takes credentials as often as any other. Said by `check_api`.
    CREDENTIAL_LOOSE = "SA310", "`{}` takes credentials, and its limit per address is not stricter than that of {}: {}, against {}", "allow fewer, and no more at once, as by `limit = Limit::per_address(5).per_minute()` on `{}`";
    /// A limit that counts by what is no field of the input, or cannot be counted. Said by `check_counted` and `check_api`.
    LIMIT_FIELD = "SA311", "`{}` limits by the field `{}`, {}", "write `\"{}\"` in place of `\"{}\"`";
    /// A list that may have more entries than its limit ever lets pass. Said by `check_counted` and `check_api`.
    LIMIT_ENTRIES = "SA312", "`{}` takes up to {} entries of `{}`, and its limit lets {} pass at once", "write `{}` in place of `{}`, or bound `{}` by less";
    /// A route that takes credentials often. Said by `check_credential`.
    CREDENTIAL_OFTEN = "SA313", "`{}` takes credentials, and lets {} requests of one address pass", "write `16` in place of `{}`, or less";
    /// A route that takes credentials and counts alone in an outage.
    CREDENTIAL_OPEN = "SA314", "a route that takes credentials is closed while the ledger does not answer", "remove `outage = {}`: each machine by itself would admit some more guesses";
    /// A limit of addresses that counts something else. Said at start.
    ADDRESS_LIMIT = "SA315", "the limit of addresses over the whole app is {}", "write `.address_limit(Limit::per_address(1200).per_minute())`, or `Limit::unlimited(\"…\")` with the reason";
    /// A unit that no caller is of. Said by `check_counted`, and at start.
    LIMIT_UNIT = "SA316", "`{}` limits by {}, and none of its callers has one", "write `Limit::per_principal` in place of `{}`, or let callers have one";

    // Flow.
    /// Order or repetition where nobody knows who is calling.
    FLOW_PUBLIC = "SA321", "`{}` is public, and `{}` needs to know who is calling", "write `role = Role::…` in place of `public`";
    /// A step that counts for ever.
    AFTER_FOREVER = "SA322", "nothing says how long the step before counts", "write `{}` in place of `after(…)`, as long as the caller may take";
    /// A step that never counts. Said by `check_within`.
    AFTER_NEVER = "SA323", "there is no time at which `{}` could be called after `{}`", "write `within = Duration::from_secs(1800)`, or another time that is longer than nothing and than `at_least`";
    /// Callers who cannot do the step before. Said by `check_after` of two routes.
    AFTER_CALLERS = "SA324", "`{}` comes after `{}`, and admits {}, who may not call `{}`", "admit the same callers to both";
    /// Two steps that no version has. Said by `check_after` of two routes.
    AFTER_VERSIONS = "SA325", "`{}` comes after `{}`, and no version has both", "let their versions overlap";
    /// Two steps on different things. Said by `check_after` of two routes.
    AFTER_OBJECT = "SA326", "`{}` at {} comes after `{}` at {}, which is not about the same object", "let the paths begin alike, up to the last parameter of the step before; what creates an object is no step on it, so give it one of its own, as `POST /orders/{order}/checkout`";
    /// A step that the API does not have. Said by `check_api`.
    AFTER_ABSENT = "SA327", "`{}` comes after `{}`, which is no operation of {}", "write `{}` into the list, `routes(…)`";
    /// Steps that have no first. Said by `check_api`.
    AFTER_CYCLE = "SA328", "steps come after each other in a circle, so none can be the first: {}", "remove one of these `after(…)`";
    /// A key where the verb repeats by itself.
    KEY_VERB = "SA331", "`idempotency_key` means nothing for {}", "remove it: GET, QUERY, PUT and DELETE do the same when they are repeated; it is for POST and PATCH";

    // Error.
    /// An error type without problem types. Said by the trait `ApiError`.
    ERROR_TRAIT = "SA401", "`{}` says nothing a caller may be told", "write `StoreError` in place of `sqlx::Error` and its like, `String`, `Box<dyn Error>` and `anyhow::Error`: `?` and `into()` make it of any error and of a text";
    /// A variant without a problem.
    ERROR_SILENT = "SA402", "nothing says what a caller is told of `{}`", "write `{}` above it{}";
    /// A status that is no error.
    ERROR_STATUS = "SA403", "an error's status is a number from 400 to 599", "write `status = {}`, the number of an HTTP error status";
    /// A variant whose cause cannot be found.
    ERROR_FIELD = "SA404", "`{}` is for a variant with one unnamed field", "write the variant with the cause in it: `{}({})` in place of `{}`";
    /// A cause that the log could not tell. Said by the trait `Cause`.
    ERROR_CAUSE = "SA405", "`{}` is no error that a log could tell", "implement `std::error::Error` for it, or hold a text: `String` in place of `{}`";
    /// A status whose answer carries a field that a handler cannot say.
    ERROR_STATUS_FIELD = "SA406", "{} is answered with the field `{}`, which a handler cannot say", "write `status = {}`";
    /// A status that says to try again, and not when.
    ERROR_RETRY = "SA407", "{} says to try again, and nothing says when", "write `retry_after = 5` beside it: the seconds to wait";
    /// The time to wait for a status that says not to try again.
    ERROR_RETRY_ALONE = "SA408", "`retry_after` is for what may be tried again: 413, 429 and 503", "remove it, or write `status = 503`";
    /// One type with two meanings (RFC 9457, section 3.1.1). Said by the derive.
    ERROR_SAME_TYPE = "SA409", "`{}` has the type of `{}`, and another status or title", "write `type = \"{}\"`, a type of its own, or `status = {}, title = {}` as that one has";

    // Input.
    /// Text that could be of any length. Said by `check_bounds`.
    TEXT_UNBOUNDED = "SA501", "`{}` is text without a bound", "write `max_len = 80`, or a `pattern` or `email` that implies one; for the items of a list inside `each(…)`";
    /// A list that could be of any length. Said by `check_bounds`.
    LIST_UNBOUNDED = "SA502", "`{}` is a list without a bound", "write `items = 0..=50`, the fewest and the most";
    /// A number that could be any. Said by `check_bounds`.
    NUMBER_UNBOUNDED = "SA503", "`{}` is a number without a range", "write `range = 0..=100`, the smallest and the greatest; for the items of a list inside `each(…)`";
    /// A rule that the type has no use for. Said by `check_rule`.
    RULE_UNFIT = "SA504", "`{}` has no meaning for `{}`, which is {}", "{}";
    /// Bounds that nothing can meet. Said by `check_bounds`.
    BOUNDS_EMPTY = "SA505", "the bounds of `{}` leave nothing", "write the smaller end first";
    /// A range of numbers that the type does not hold. Said by `check_bounds`.
    RANGE_BEYOND = "SA506", "the range of `{}` does not fit its type", "write whole numbers that the type can hold: `range = {}..={}` is all of them";
    /// A type that no request carries. Said by the trait `Decode`.
    NOT_READABLE = "SA507", "`{}` cannot be read from a request", "write `#[derive(Input)]` above `{}`, where that is a struct of fields, or `#[derive(Value)]` above a newtype or an enum of names";
    /// A type that is no input. Said by the trait `Input`.
    NOT_INPUT = "SA508", "`{}` is not an input", "write `#[derive(Input)]` above `{}`, where that is a struct with named fields";
    /// A type that is no single value. Said by the trait `Leaf`.
    NOT_VALUE = "SA509", "`{}` is not a value", "write `#[derive(Value)]` above `{}`, where that is a newtype or an enum of names";
    /// A pattern that is none.
    PATTERN = "SA510", "the pattern cannot be read: {}", "write a regular expression as the `regex` crate reads it: without look-around and back-references";
    /// A pattern that would take too much memory.
    PATTERN_LARGE = "SA511", "the pattern is too large", "state a length by `max_len = 200` rather than by repetitions of large classes";
    /// An input with a list or object in it, as a query. Said by `check_asks`.
    QUERY_NESTED = "SA512", "`{}` cannot come from a query string or a form", "name a scalar, a list or a map of scalars or a struct of these, write `#[input(json)]` above it, or take the input as `Json`";
    /// A range without one of its ends.
    RANGE_OPEN = "SA513", "`{}` needs both ends", "write `{} = 1..=100`";
    /// More fields than a set of bits holds.
    INPUT_TOO_LARGE = "SA514", "an input has at most 128 fields", "group some of them in an input of their own";
    /// A value enum without variants.
    VALUE_NONE = "SA515", "`{}` has no values", "write a variant for each value, as `Open, Closed` in the braces";
    /// A name that cannot stand in a path as it is.
    VALUE_NAME = "SA516", "a value's name is {}", "write `{}`";
    /// Two values of one name.
    VALUE_SAME_NAME = "SA517", "two values are called `{}`", "write `{}`, or another name that no other has";

    /// A name that is read in more than one way.
    INPUT_NAME = "SA518", "a name is 1 to 64 visible ASCII characters, without `\"`, `\\`, `%`, `<`, `>` and `&`", "write `{}`";
    /// Two fields of one name.
    INPUT_SAME_NAME = "SA519", "two of these are called `{}`", "write `{}`, or another name that no other has";
    /// A field that callers do not set.
    READ_ONLY = "SA520", "`{}` says {}, which is for the API to set and not for its callers", "remove it, or say who may set it, as `#[input(role = Role::Admin)]`; for a filter or an import write `#[input(allow(read_only, reason = \"…\"))]`";
    /// A secret that everybody can print. Said by `check_secret`.
    PLAIN_SECRET = "SA521", "`{}` looks like a secret and is plain text", "take `Secret<String>`, or write `#[input(allow(plain_secret, reason = \"…\"))]`";
    /// A field that a patch cannot leave out. Said by `check_patch`.
    PATCH_REQUIRED = "SA522", "`{}` has to be there, in a patch too", "make it `Option<…>`, which may be left as it is, or `Patched<…>`, which may be removed too";
    /// Two bodies. Said by `check_body`.
    TWO_BODIES = "SA523", "`{}` takes two bodies", "a request has one: put the fields of both into one input";
    /// An exception that excepts nothing.
    ALLOW_IDLE = "SA524", "`{}` is not forbidden here", "remove the exception: it would hide a later mistake";
    /// An enum that nothing tells the variants of.
    INPUT_TAG = "SA525", "nothing says which variant of `{}` is sent", "write `#[input(tag = \"type\")]` above it, the member that names the variant, or derive `Value` for names alone";
    /// A file of any size or kind. Said by `check_bounds`.
    FILE_UNBOUNDED = "SA526", "`{}` is a file without a bound", "write `max_bytes = 5 * MIB, kinds = [FileKind::Png]`: how large, and of which kinds";
    /// A file of no kind. Said by `check_rule`.
    KINDS_NONE = "SA527", "`{}` is a file of no kind", "name those that are wanted, as `kinds = [FileKind::Png, FileKind::Jpeg]`";
    /// A file where none can be. Said by `check_reads`.
    FILE_ELSEWHERE = "SA528", "`{}` is a file, and only an upload carries files", "take the input as `Upload<…>`";
    /// An upload of no file. Said by `check_reads`.
    UPLOAD_NO_FILE = "SA529", "an upload carries files, and this input has none", "take the input as `Form<…>` or `Json<…>`";
    /// A file in an input within an input. Said by `check_bounds`.
    FILE_NESTED = "SA530", "`{}` puts files below the first level of an input", "an upload has one level: name the file in the input that is uploaded";
    /// A file that can act. Said by `check_rule`.
    ACTIVE_KIND = "SA531", "`{}` admits files that can carry scripts", "leave that kind out, or write `allow(active_content, reason = \"…\")`";
    /// A list of numbers that says nothing, or what a bound beside it says. Said by `check_rule`.
    ONE_OF = "SA532", "the list of `{}` {}", "write `one_of = [1, 5, 17]`, the numbers that there are";
    /// A list as a whole body, of items without bounds. Said by `check_reads`.
    ARRAY_UNBOUNDED = "SA540", "an item of this `Array` is {}, and nothing bounds it", "write an own type in its place, with its bounds: `#[derive(Value)] #[value(…)] struct Item(…);`, or an input";
    /// A list as a whole body that can have no item. Said by `check_reads`.
    ARRAY_EMPTY = "SA541", "this `Array` lets nothing through", "write the most items first, then the fewest: `Array<…, 100, 1>`";
    /// Free JSON that no value fits. Said by `check_bounds` and `check_reads`.
    FREE_BOUNDS = "SA542", "`{}` has bounds that no value meets", "write the most bytes, the levels, which are 32 at most, and the items and members of all: `FreeJson<4096, 4, 100>`";
    /// An entity as free JSON. Said by the trait `ForeignJson`.
    FREE_ENTITY = "SA543", "`{}` does not become free JSON", "show it through a view: write `#[view(…)]` above `{}` and name the view; what another system made is a `serde_json::Value` or its text";
    /// A header or a cookie that is the framework's, or changes on the way. Said by the runtime's constants, and at the start.
    HEAD_OWNED = "SA550", "`{}` is not for an input to read: {}", "remove the field, or give it another name by `name = \"…\"`";
    /// Two fields that are read from one header. Said by the runtime's constants.
    HEADER_TWICE = "SA551", "`{}` and `{}` are one header", "give one of them another name: in a header case means nothing, and `_` is `-`";
    /// A field of several values in a header or a cookie. Said by the runtime's constants.
    HEAD_NESTED = "SA552", "`{}` cannot come from a header or a cookie", "name a scalar, or in a header a list of scalars; or take the input as `Json`";
    /// A list of repeated names that no request has room for. Said by the runtime's constants.
    QUERY_LONG = "SA553", "`{}` has more items than a request has parameters, which are 256", "write fewer `items`, or all of them in one text: `separated = \",\"`";
    /// A field that says how a query or a form has it, in neither. Said by the runtime's constants.
    FORM_UNFIT = "SA554", "`{}` says how a query or a form has it, and is in neither", "remove {}: JSON has its own lists and objects, and a header has commas";
    /// A name with brackets where an input in a query has them. Said by the runtime's constants.
    QUERY_BRACKETS = "SA555", "`{}` has brackets in its name, which a query has around the members of an input", "give it a name without them by `name = \"…\"`, or move it into that input";
    /// Bytes of no media type that is stated. Said by `check_argument`.
    ACCEPTS_UNSTATED = "SA556", "nothing says of which media types the bytes are that `{}` takes", "write `accepts(\"application/octet-stream\")` into the attribute, with the types that it takes";
    /// Media types of a route that takes no bytes. Said by `check_accepts`.
    ACCEPTS_OF_NOTHING = "SA557", "`{}` says which bytes a route takes, and `{}` takes none", "remove `{}`, or take `RawBody<…>` or `StreamedBody<…>`";
    /// The bound of a body that lets nothing through, or more than is held in memory. Said by `check_argument`.
    RAW_BOUND = "SA558", "this body of `{}` {}", "write `StreamedBody` in place of `RawBody`, or at most 67108864 bytes, which are 64 MiB";
    /// A media type that bytes are not taken as.
    ACCEPTS = "SA559", "bytes are not taken as `{}`: {}", "{}";
    /// A pattern that clients would read in another way than the server.
    PATTERN_UNPORTABLE = "SA560", "`{}` in a pattern means something else to other readers of it", "{}";
    /// Two bounds of one body. Said by `check_body_limit`.
    BODY_LIMIT_TWICE = "SA561", "the type of the body of `{}` says how many bytes it may have", "remove `body_limit`, and write the most bytes into the type";
    /// The folder of bodies that is not there. Said when the app is built.
    SPOOL_LACKING = "SA562", "`{}` takes a `StreamedBody`, and the folder for it is not there", "create the folder, or name one that is there by `.spool(\"/var/lib/app/spool\")`";

    // Version, docs, inventory.
    /// A version enum without versions.
    VERSION_NONE = "SA601", "`{}` has no versions", "write a variant for each version, oldest first, as `V1, V2` in the braces";
    /// A type that is no version enum. Said by the trait `Versions`.
    VERSION_ENUM = "SA602", "`{}` is not a version enum", "write `#[derive(Version)]` above `{}`, an enum whose variants are the versions, oldest first";
    /// Two versions of one path segment.
    VERSION_SAME_SEGMENT = "SA603", "two versions are served under `/{}`", "write `{}`, or another name";
    /// A text that is no day.
    DAY = "SA604", "`{}` is not a day", "write it as year, month and day: `\"2027-06-01\"`";
    /// A sunset without a deprecation.
    SUNSET_ALONE = "SA605", "a sunset without a deprecation comes without warning", "write `deprecated = \"{}\"`, or another day before it from which callers are told";
    /// A sunset that is not after the deprecation.
    SUNSET_FIRST = "SA606", "the sunset {} is not after the deprecation {}", "give callers time between the two, as by `\"{}\"`: RFC 9745 forbids a sunset before the deprecation";
    /// A range of versions with nothing in it.
    VERSION_EMPTY = "SA607", "`{}` is in no version: the range is empty", "write it from an older to a newer one";
    /// More operations than the table of the check holds.
    API_TOO_LARGE = "SA608", "an API has at most 4096 operations", "split it";
    /// Two operations for one request.
    SAME_ROUTE = "SA609", "`{}` and `{}` both answer {} {} in the same version", "change a path, or part their versions";
    /// A route in versions of another enum than its API's.
    VERSION_FOREIGN = "SA610", "`{}` is in versions of {}, and the versions of {} are {}", "use one version enum";
    /// A route without a version.
    NO_VERSION = "SA611", "nothing says which versions `{}` is in", "write `version = Version::V1..`, the versions from one on";
    /// A way out that is none. Said by `check_instead` of another route.
    INSTEAD = "SA612", "`{}` points its callers to `{}`, which is {}", "name a route that stays, or remove `instead`";
    /// A version without operations. Said by `check_api`.
    VERSION_UNUSED = "SA621", "no operation of {} is in version {}", "remove the version, widen the `version` of what stays in it, or `allow(unused_version, reason = \"…\")`";
    /// A released version after a preview.
    PREVIEW_FIRST = "SA622", "`{}` is released and stands after the preview `{}`", "write `#[version(preview)]` above `{}` too, or put previews last: ranges are read from the oldest version to the newest";
    /// A preview with a promise.
    PREVIEW_PROMISE = "SA623", "a preview promises nothing, so it cannot be deprecated", "remove this, or release the version: remove `preview`";
    /// A preview that is none, or of another API. Said at start.
    NOT_PREVIEW = "SA624", "`{}` is not a preview of {}", "remove `.preview(…)`: versions that are released are always served";
    /// Something released that needs something that is not. Said by `check_after`.
    PREVIEW_NEEDED = "SA626", "`{}` is released and comes after `{}`, which is only in a preview where both are", "release the step before, too, or let the later one wait for it";
    /// A step before that ends earlier. Said by `check_after`.
    AFTER_SUNSET = "SA627", "`{}` comes after `{}` and outlives it: from the sunset of `{}` on nobody could call it", "give both the same `sunset`, or the step before none";
    /// A brownout whose minute or length cannot be read.
    BROWNOUT_FORM = "SA628", "`{}` is no {}", "write `\"{}\"`: {}";
    /// A brownout of what never ends.
    BROWNOUT_ALONE = "SA629", "a brownout announces an end, and no sunset says when that is", "write `sunset = \"{}\"`, or another day from which it is gone";
    /// A brownout before the deprecation, or after the sunset.
    BROWNOUT_OUTSIDE = "SA630", "the brownout of {} is not between the deprecation {} and the sunset {}", "write `\"{}\"`, or another minute between the two";
    /// A brownout of no time, or of more than a day.
    BROWNOUT_LENGTH = "SA631", "`{}` is no length of a brownout, which lasts from a minute to 24 hours", "write `\"{}\"`: what is gone for longer has ended, and `sunset` says that";
    /// Brownouts that overlap, or follow each other at once.
    BROWNOUT_OVERLAP = "SA632", "no time parts the brownout of {} from that of {}", "write `\"{}\"` in place of the later one, or one brownout in place of both";
    /// A secret in an answer. Said by `check_plain`.
    SECRET_SHOWN = "SA640", "view {} shows `{}`, which looks like a secret", "remove `{}`, or say why it leaves: `#[allow(plain_secret, reason = \"…\")]` before it in the list";
    /// Documents for everybody without a reason. Said at start.
    DOCS_REASON = "SA641", "the documents are open to everybody without a reason in words", "write a sentence for the one who reviews it, of three words or more, into `Docs::open(…)`";
    /// An attribute of another library, as of serde.
    FOREIGN_ATTRIBUTE = "SA642", "nothing here reads `{}`", "{}";
    /// Versions in another order than their numbers.
    VERSION_ORDER = "SA643", "`{}` stands after `{}`, and versions stand oldest first", "write them in this order: `{}` in the braces";
    /// A limit that does not say what is counted. Said by the trait `Counted`.
    LIMIT_UNCOUNTED = "SA644", "a limit says first what is counted", "write `Limit::per_principal(600).per_minute()` in place of `Limit::per_minute(…)` for each caller, or `Limit::per_address(5).per_minute()` for each address";
    /// A link to what is no operation. Said by `check_api`.
    LINK_ABSENT = "SA645", "`{}` of `{}` names `{}`, which is no operation of {}", "write `{}` into the list, `routes(…)`";
    /// The address of another resource. Said by `check_created`.
    LINK_OF_OTHER = "SA646", "`Created::at` names `{}`, which shows {}, and this creates {}", "name the `#[get]` route that shows it";
    /// A secret in a list of what leaves.
    SECRET_LISTED = "SA647", "a `Secret` cannot stand in a view", "take `{}` out of the list: what is secret does not leave";
    /// Documents for a role of another enum. Said at start.
    DOCS_ROLE = "SA648", "the documents are for a role of {}, and the roles of {} are {}", "name a role of the API's own enum, as `Docs::for_role(Role::…)`";
    /// Routes of a module that does not know their attributes.
    NO_IMPORT = "SA650", "`{}` is not imported into the module `{}`", "write `use super::*;` as its first line, which imports what stands around it";
    /// Files of no kind that is known. Said by the trait `DownloadKinds`.
    KINDS_UNNAMED = "SA651", "nothing says of which kinds the files of `{}` are", "write `impl DownloadKinds for {} {{ const KINDS: &'static [FileKind] = &[FileKind::Png]; }}`";
    /// Origins or hosts that are no list. Said by the trait `Names`.
    NAMES_ALONE = "SA652", "`{}` is no list of names", "write them in brackets, as `.cors([\"https://app.example\"])` and `.hosts([\"shop.example\"])`";
    /// An app that is served before it is built. Said by the trait `IsBuilt`.
    NOT_BUILT = "SA653", "the app is not built yet", "write `.build()?` before `.serve`";
    /// Something else than an address. Said by the trait `HostAndPort`.
    NO_ADDRESS = "SA654", "`{}` is no address to serve on", "write a host and a port, as `\"127.0.0.1:8443\"` or `(\"127.0.0.1\", 8443)`";

    // View.
    /// A resource that is returned without a view. Said by the trait `NoView`.
    VIEW_MISSING = "SA701", "the route returns `{}` and states no view", "write `view = …` with a view that is declared above it";
    /// A result that has no views. Said by the traits `Outcome`, `Answer` and `Resource`.
    NOT_RESOURCE = "SA702", "`{}` cannot leave: it has no views", "return a type with `#[derive(Resource)]` and `#[view(…)]`, `Page<…>` in place of `Vec<…>`, or `NoContent`";
    /// A view of another resource. Said by the traits `ViewOf` and `ExposedAs`.
    VIEW_OF_OTHER = "SA703", "`{}` is not a view of `{}`", "name a view that is declared above it by `#[view(…)]`";
    /// A view that shows through another what is not for its audience.
    VIEW_WIDENS = "SA705", "view {} is for {} and shows through {} what is for {}", "extend or show a view that this audience may see";
    /// A sensitive field in a view for a lower role.
    VIEW_SENSITIVE = "SA706", "view {} is for {}, but `{}` is sensitive: {} and above", "remove `{}`, or give the view that role";
    /// A field that is no leaf. Said by the trait `Exposed`.
    NOT_EXPOSED = "SA707", "`{}` cannot stand in a view as it is", "show it through one of its own views (`field as ItemView`), or make it a leaf by `#[derive(Value)]`";
    /// A view that a route shows to somebody it is not for.
    VIEW_AUDIENCE = "SA708", "view {} is for {}, but `{}` shows it to {}", "show them a view that is for them, or admit fewer";
    /// An arm that nobody gets to.
    VIEW_UNREACHED = "SA709", "nobody gets to view {} in `{}`: an arm above it takes all of its callers", "put the higher role first, or remove this arm";
    /// A view by role without the rest.
    VIEW_NO_REST = "SA710", "the views leave some callers without one", "end with `_ => …` for everybody else whom the route admits";
    /// An arm after the rest.
    VIEW_AFTER_REST = "SA711", "`_` takes everybody, so nobody gets here", "put `_` last: write `{}` in place of `view(…)`";
    /// A view without an audience.
    VIEW_NO_AUDIENCE = "SA712", "nothing says who may see view `{}`", "write `role = Role::…`, or `public`";
    /// A field that the resource does not have.
    VIEW_FIELD = "SA713", "`{}` has no field `{}`", "{}";
    /// A field twice.
    VIEW_FIELD_TWICE = "SA714", "the view has `{}` twice", "list it once; what the view it extends lists is there already";
    /// A base that is no view of the resource.
    VIEW_BASE = "SA715", "this resource has no view `{}` to extend", "{}";
    /// Views that extend each other in a circle.
    VIEW_CYCLE = "SA716", "view `{}` extends itself", "remove `extends = {}`, or extend a view that stands without it";
    /// A query parameter that both the framework and an input would read. Said at start.
    QUERY_TAKEN = "SA717", "`{}` has a query parameter `{}` of its own", "rename the field of the input: the framework reads `fields` on a GET that shows a view, and `size` and `cursor` where `Paging` is taken";
    /// A secret that could be guessed. Said at start.
    CURSOR_KEY = "SA718", "the app's secret has fewer than 32 bytes", "give `.secret(…)` 32 random bytes, the same on every machine";
    /// One name for two fields in the same version. Said by `check_names`.
    VIEW_NAME_TWICE = "SA719", "view {} has `{}` twice in one version", "give one of the two another name, or part their versions";
    /// Fields in versions of another enum than the route's. Said by `check_arm`.
    VIEW_VERSION = "SA720", "view {} has fields in versions of {}, and `{}` is in versions of {}", "use one version enum";
    /// The fields of an enum, or the variants of a struct.
    VIEW_FORM = "SA721", "`fields` is for a struct and `variants` for an enum, and `{}` is {}", "{}";
    /// An enum whose variants look alike.
    VIEW_TAG = "SA722", "nothing tells the variants of `{}` apart", "write `#[resource(tag = \"type\")]` above the enum: that member of the answer names the variant; an enum of names alone may derive `Value` instead";
    /// A bound of what cannot be counted, or of nothing. Said by `check_max_items`.
    VIEW_MAX_ITEMS = "SA723", "the `max_items` of `{}` of view {} bounds nothing", "put it on a list or map, and write how many entries there are at most";
    /// A variant that the enum does not have.
    VIEW_VARIANT = "SA724", "`{}` has no variant `{}`", "{}";
    /// A variant of which nobody said what leaves.
    VIEW_VARIANT_MISSING = "SA725", "view `{}` says nothing of {}", "write {} into the list: a view names every variant, with the fields of it that leave in braces";
    /// A view of many types.
    RESOURCE_GENERIC = "SA726", "`{}` has parameters, and a resource with views is one type", "write it out for the type that leaves, and own what it shows; a wrapper of any `T` may be `#[resource(transparent)]`, without views";
    /// A name that is read in more than one way.
    RESOURCE_NAME = "SA727", "`{}` is no name in an answer", "write `\"{}\"`: 1 to 64 visible ASCII characters, without `\"`, `\\`, `%`, `<`, `>`, `&`, and in a member's name `,`";
    /// Two of one name in one object, or two variants that the tag does not tell apart.
    RESOURCE_SAME_NAME = "SA728", "`{}` is already the name of {}", "give one of the two another name: a variant by `#[resource(name = \"…\")]`, a field by `name = field` in the view";
    /// Something else than a wrapper.
    RESOURCE_TRANSPARENT = "SA729", "`transparent` is for a struct of one field, without views", "remove it and say in `#[view(…)]` what leaves, or keep one field and no views: what it holds has its own";
    /// A field that is left out where it is nothing, and never is. Said by `check_optional`.
    VIEW_OPTIONAL = "SA731", "`{}` of view {} is never nothing, so it is never left out", "remove `#[optional]`, or make the field an `Option<…>`";
    /// A header field that is not the handler's to send, or is called as none can be.
    HEADER_NAME = "SA741", "`{}` is no header field of a handler's own: {}", "{}";
    /// A value that is not one. Said by the trait `HeaderText`.
    HEADER_VALUE = "SA742", "`{}` cannot be the value of a header field", "write `#[derive(Value)]` above `{}`, where that is a newtype or an enum of names";
    /// Text without its most. Said by `check_header`.
    HEADER_BOUND = "SA743", "the longest text of the header `{}` is {}", "write `#[header(max_len = 200)]`, of 1 to 1024 characters, above text, and none above another value";
    /// Header fields that are none. Said by the trait `ResponseHeaders`.
    HEADERS_UNNAMED = "SA744", "`{}` names no header fields", "write `#[derive(ResponseHeaders)]` above `{}`";
    /// The form of a page, of a route that returns none. Said by `check_page`.
    PAGE_OF_NOTHING = "SA745", "`page` says how a page looks, and `{}` returns none", "remove `page`, or return `Page<…>`";
    /// A form that a page cannot have.
    PAGE_SHAPE = "SA746", "a page cannot be so: {}", "{}";
    /// Hosts of a route that sends nobody anywhere. Said by `check_redirects`.
    REDIRECT_OF_NOTHING = "SA747", "`redirects` names hosts, and `{}` answers with no `Redirect`", "remove `redirects`, or return `Redirect`";
    /// A host that is none, or more than one.
    REDIRECT_HOST = "SA748", "`{}` is no host that callers may be sent to", "write `\"{}\"`: a name in lower case, without scheme, user, path and wildcard";
    /// The media type of a route that answers with no bytes. Said by `check_media_type`.
    MEDIA_TYPE_OF_NOTHING = "SA749", "`media_type` says what bytes are, and `{}` answers with none", "remove `media_type`, or return `RawBytes<…>` or `ByteStream<…>`";
    /// A redirect to an operation that whoever follows it does not call. Said by `check_links`.
    REDIRECT_VERB = "SA750", "`{}` of `{}` names `{}`, a {}, and whoever is sent there sends a GET", "name a `#[get]` route";
    /// Two variants without a tag that one value fits. Said by `check_apart`.
    UNTAGGED_OVERLAP = "SA751", "`{}` and `{}` of `{}` both take {}", "give one of them a member that it needs and the other does not have, or a member of both other values in each; where the first that fits is meant: `#[input(untagged, ordered, reason = \"…\")]`";
    /// An order that decides nothing. Said by `check_ordered`.
    UNTAGGED_ORDER = "SA752", "no value fits two variants of `{}`", "remove `ordered` and its reason: it would hide a later mistake";
    /// A whole answer that may be no object. Said by `check_arm`.
    UNTAGGED_WHOLE = "SA753", "`{}` of view {} is no object, and `{}` answers with the whole of it", "show it as a field of another resource, or each of its variants through a view of its own";
    /// A field that leads back to its own input or view, as deep as a caller likes.
    INPUT_CIRCLE = "SA754", "`{}` leads back to `{}`, and nothing says how deep", "write `#[input(depth = 5)]` above it, the most levels below the outermost";
    /// Fields that need each other, without an end.
    INPUT_VALUELESS = "SA755", "`{}` has to be there and leads back to `{}`, so no value of it ends", "make it `Option<…>`, or a list that may be empty";
    /// A media type of which bytes are not sent.
    MEDIA_TYPE = "SA780", "bytes are not sent as `{}`: {}", "{}";
    /// Bytes that are of no media type. Said by `check_result`.
    MEDIA_TYPE_UNSTATED = "SA781", "nothing says of which media type the bytes of `{}` are", "write `media_type = \"application/zip\"` into the attribute, with the type that they are of";
    /// A key about answers that stay open, of one that does not. Said by `check_open`.
    OPEN_OF_NOTHING = "SA782", "`{}` is about answers that stay open, and that of `{}` does not", "remove `{}`, or return `Events<…>` or `ByteStream<…>`";
    /// Answers that stay open, any number of them. Said by `check_result`.
    OPEN_UNSTATED = "SA783", "nothing says how many answers of `{}` a caller may have open", "write `open = 2` into the attribute, with the most of one caller at one time";
    /// Answers that stay open too long, or too many of them. Said by `check_open`.
    OPEN_BOUNDS = "SA784", "answers of `{}` stay open for too long, or too many, or none do", "write `open` of 1 to 1000, and `lasts` of at most a day";
    /// A text without a bound as a whole answer. Said by `check_result`.
    SCALAR_UNBOUNDED = "SA785", "the text that `{}` answers with has no bound", "write an own type in its place, with its bounds: `#[derive(Value)] #[value(text, max_len = 200)] struct Item(String);`";
    /// Something other than a scalar as one. Said by the trait `ScalarValue`.
    SCALAR_OTHER = "SA786", "`{}` is no scalar", "show it through a view: write `#[view(…)]` above it and return it itself; what is one text or number has `#[derive(Value)]`";

    // Verb.
    /// A handle that writes in a verb that reads. Said by the trait `ChangesState`.
    VERB_WRITES = "SA801", "a {} handler cannot change state", "take `Reader<…>` to read, or use `#[post]`, `#[put]`, `#[patch]` or `#[delete]` to change something";
    /// A body in a verb that has none. Said by the trait `TakesBody`.
    VERB_BODY = "SA802", "a {} request has no body", "take `Query<…>` for parameters, or use `#[query]`, `#[post]`, `#[put]` or `#[patch]` to send a body";
    /// A result that does not fit the verb. Said by `check_result`.
    VERB_RESULT = "SA803", "{} is not answered with {}", "GET returns a resource, or an `Option` or `Page` of one; POST `Created`, `Performed`, `Accepted` or `NoContent`; PUT the resource, `Created`, `Accepted` or `NoContent`; PATCH the resource, `Accepted` or `NoContent`; DELETE `NoContent`, `Performed` or `Accepted`; QUERY a resource, an `Option` or `Page` of one, `Text`, `Csv`, `ByteStream`, `Exists` or `Redirect`";
    /// A route that does not show what `if_match` is about. Said by the trait `ShownAs`.
    IF_MATCH_OTHER = "SA804", "`if_match` names a route that shows `{}`, and this is about `{}`", "name the `#[get]` route that shows the object of the path, which is taken as `Authorized<…>`";
    /// A tag that some callers of the route cannot have. Said by `check_if_match`.
    IF_MATCH_UNREAD = "SA805", "`{}` asks for a tag of `{}`, and some of its callers cannot have one", "name a route that all of them may read, in every version of this one";
    /// A QUERY that asks for nothing. Said by `check_asks`.
    VERB_ASKS = "SA806", "`{}` is a QUERY, and reads no body that says what is asked for", "write `get` in place of `query`, or take what it asks for as `Json<…>` or `Form<…>`";
    /// A patch in a verb that has none. Said by the trait `ChangesPart`.
    VERB_PATCH = "SA807", "only a PATCH request is a patch", "use `#[patch]`, or take the whole input as `Json<…>`";
    /// Content of a GET, for whatever reason.
    VERB_CONTENT = "SA808", "`{}` is a GET, and no reason lets it take content: caches and gateways answer by the address alone", "write `query` in place of `get` and remove the exception, or take what it asks for as `Query<…>`";

    // Configuration.
    /// A configuration that cannot be read. Said at start.
    CONFIG_UNREAD = "SA901", "the configuration cannot be read: {}", "put a file in TOML there that the server's user may read, and name it by `.file(\"shop.toml\")`";
    /// A name that no setting has. Said at start.
    CONFIG_UNKNOWN = "SA902", "{}: there is no setting `{}`: {}", "write the name of a setting that there is; what is the app's own stands in `[app]`, and a variable that the program reads itself is named by `.apart([\"SHOP_DATA\"])`";
    /// A value that has not the form of its setting. Said at start.
    CONFIG_VALUE = "SA903", "{}: `{}` is {}", "write it in the form of the setting: `\"15s\"`, `\"64KiB\"`, `\"1200/min\"`, a whole number, `true` or a list";
    /// A setting that is stated twice. Said at start.
    CONFIG_TWICE = "SA904", "{}: `{}` is stated already, at {}", "keep one of them";
    /// A secret that stands in the configuration. Said at start.
    CONFIG_SECRET = "SA905", "{}: `{}` is a secret, and stands in the configuration itself", "write `{ file = \"/run/secrets/shop\" }` in place of it, or name the file by the variable with `_FILE` at its end, and make a new secret: whoever reads the configuration has this one";
    /// Settings of the app's own that nobody reads. Said at start.
    CONFIG_UNUSED = "SA906", "{}: there are settings of the app's own, and nobody reads them", "read them by `.app::<Own>()` of the `Config` that the app is given, or of a clone of it, or remove them";
}
