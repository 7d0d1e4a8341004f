//! The frame of the routes: the manifest, the program, roles and versions.

use std::collections::{BTreeMap, BTreeSet};

use super::{Project, name, text};
use crate::cli::import::decide::{
    is_version,
    plan::{Access, OperationPlan, Piece},
};
use crate::cli::project;

/// The most roles that are made of scopes: an API has 128 at most.
const MOST_ROLES: usize = 100;

/// The role of callers whom the document asks for credentials, and for nothing more.
const MEMBER: &str = "Member";

/// The reason of paths that are not lower-case words with hyphens, and of versions that are elsewhere.
const REASON: &str = "clients of the document that was imported know these addresses";

impl Project<'_> {
    /// Notes the roles that operations ask for.
    pub(super) fn roles(&mut self, told: &[&OperationPlan]) {
        let mut scopes: BTreeSet<&String> = BTreeSet::new();
        let mut members = false;
        for one in told {
            match &one.access {
                Access::Credentials { any, .. } if !any.is_empty() => scopes.extend(any),
                Access::Credentials { .. } => members = true,
                _ => {}
            }
        }
        let mut names = name::Names::new();
        if scopes.len() <= MOST_ROLES {
            for scope in scopes {
                let role = names.take(name::type_name(scope, "Scope"), "");
                self.roles.insert(role, scope.clone());
            }
        } else {
            members = true;
        }
        if members || self.roles.is_empty() {
            self.roles.entry(MEMBER.to_owned()).or_insert_with(|| "member".to_owned());
        }
        if let Some(role) = &self.answers.role
            && told.iter().any(|one| one.access == Access::Open)
        {
            let own = name::type_name(role, MEMBER);
            self.roles.entry(own).or_insert_with(|| role.clone());
        }
    }

    /// Returns the roles of callers who have any of these scopes, or of all callers where there are none. Of more scopes than an API
    /// has roles there are none, unless somebody has answered who may call.
    pub(super) fn roles_of(&self, any: &[String]) -> BTreeSet<String> {
        if any.is_empty() {
            return BTreeSet::from([MEMBER.to_owned()]);
        }
        let found = self.roles.iter().filter(|(_, scope)| any.contains(scope));
        let found: BTreeSet<String> = found.map(|(role, _)| role.clone()).collect();
        let answered = self.answers.role.iter().map(|role| name::type_name(role, MEMBER));
        if found.is_empty() { answered.collect() } else { found }
    }

    /// Returns the variant of a version.
    pub(super) fn version_name(&self, number: usize) -> String {
        let name = self.plan.versions.names.get(number).map_or("v1", String::as_str);
        name::type_name(name, "V")
    }

    /// Writes what is left, and returns all files.
    pub(super) fn frame(self, package: &str, source: &str) -> BTreeMap<String, String> {
        let roles = self.role_enum();
        let versions = self.version_enum();
        let free = self.has_free.then(|| self.free_value("FreeValue", "FreeJson"));
        let object = self.has_free_object.then(|| self.free_value("FreeObjectValue", "FreeObject"));
        let mut items = roles + "\n" + &versions;
        for free in [free, object].into_iter().flatten() {
            items.push('\n');
            items.push_str(&free);
        }
        let limit = match self.answers.limit {
            Some(limit) => format!("limit = Limit::per_principal({limit}).per_minute(), "),
            None => String::new(),
        };
        let allow = self.answers.allow.get("ProjectApi").map_or(String::new(), |reason| {
            // The rule stands before the reason, as `shared_admin: the reason`.
            let (rule, reason) = reason.split_once(": ").unwrap_or(("shared_admin", reason));
            let rule = name::value_name(rule, "shared_admin");
            format!("allow({rule}, reason = {}), ", text::literal(reason))
        });
        let axum = if self.has_extractor { "axum = \"0.8\"\n" } else { "" };
        let title = text::line(&self.plan.title);
        let title = if title.is_empty() { "An API that was imported".to_owned() } else { title };
        let about = text::comment("", "///", &self.plan.about);
        let (mut files, modules, routed) = self.rooms.files();
        let mods: String = modules.iter().map(|one| format!("mod {one};\n")).collect();
        let mut all: String =
            modules.iter().map(|one| format!("    pub(crate) use crate::{one}::*;\n")).collect();
        if self.has_free_object {
            all.push_str("    pub(crate) use crate::FreeObjectValue;\n");
        }
        if self.has_free {
            all.push_str("    pub(crate) use crate::FreeValue;\n");
        }
        let head = text::comment("", "//!", &format!("{title}."));
        let own = text::doc("", &format!("{title}."), "An API.");
        let about = if about.is_empty() { String::new() } else { format!("///\n{about}") };
        let routes = routed.join(", ");
        let main = format!(
            include_str!("template/main.rs.txt"),
            all = all,
            allow = allow,
            about = about,
            head = head,
            items = items,
            limit = limit,
            mods = mods,
            own = own,
            routes = routes
        );
        files.insert("src/main.rs".to_owned(), main);
        let name = text::literal(package);
        files.insert(
            "Cargo.toml".to_owned(),
            format!(
                include_str!("template/Cargo.toml.txt"),
                axum = axum,
                name = name,
                source = source
            ),
        );
        for (file, text) in project::COMMON {
            files.insert(file.to_owned(), text.to_owned());
        }
        files
    }

    fn role_enum(&self) -> String {
        let mut block = String::from("/// The roles of callers.\n#[derive(Role)]\nenum Role {\n");
        for (role, scope) in &self.roles {
            block.push_str(&text::comment(
                "    ",
                "///",
                &format!("Callers who have {}.", text::literal(scope)),
            ));
            block.push_str(&format!("    #[role(name = {})]\n    {role},\n", text::literal(scope)));
        }
        block.push_str("}\n");
        block
    }

    fn version_enum(&self) -> String {
        let versions = &self.plan.versions;
        let mut keys = Vec::new();
        let is_plain = |text: &str| {
            text.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
        };
        let below = versions.below.split('/').filter(|segment| !segment.is_empty());
        let as_written = below.into_iter().any(|segment| !is_plain(segment) || is_version(segment))
            || self.plan.operations.iter().any(|one| {
                one.slash
                    || one.segments.is_empty()
                    || matches!(&*one.segments[0], [Piece::Literal(first)] if is_version(first))
                    || one.segments.iter().any(|segment| match &**segment {
                        [Piece::Literal(literal)] => !is_plain(literal),
                        [Piece::Parameter(_)] => false,
                        _ => true,
                    })
            });
        if as_written {
            keys.push("paths = \"as written\"".to_owned());
        }
        if versions.names.is_empty() {
            keys.push("place = none".to_owned());
        }
        if let Some(written) = &versions.media_type {
            keys.push(format!("place = media_type({})", text::literal(written)));
        }
        if !keys.is_empty() {
            keys.push(format!("reason = {}", text::literal(REASON)));
        }
        if !versions.below.is_empty() {
            keys.push(format!("below = {}", text::literal(&versions.below)));
        }
        let mut block = String::from("/// The versions.\n#[derive(Version)]\n");
        if !keys.is_empty() {
            block.push_str(&format!("#[version({})]\n", keys.join(", ")));
        }
        block.push_str("enum Version {\n");
        for number in 0..versions.names.len().max(1) {
            let variant = self.version_name(number);
            let text = versions.names.get(number).map_or("v1", String::as_str);
            if variant.to_ascii_lowercase() != text
                || !text[1..].bytes().all(|byte| byte.is_ascii_digit())
            {
                block.push_str(&format!("    #[version(name = {})]\n", text::literal(text)));
            }
            block.push_str(&format!("    {variant},\n"));
        }
        block.push_str("}\n");
        block
    }

    /// Returns the alias of free JSON, or of what is an object.
    fn free_value(&self, alias: &str, of: &str) -> String {
        let what =
            if of == "FreeObject" { "A JSON object with any members" } else { "JSON of any form" };
        let about = format!("/// {what}, in these bounds: bytes, levels and members.\n");
        match self.answers.free {
            Some((bytes, depth, members)) => {
                format!("{about}type {alias} = {of}<{bytes}, {depth}, {members}>;\n")
            }
            None => {
                let asked =
                    format!("how large may free JSON be? write `{of}<BYTES, DEPTH, MEMBERS>`");
                format!("{about}type {alias} = secure_api::question!(\"{asked}\");\n")
            }
        }
    }
}
