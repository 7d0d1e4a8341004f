//! Names of what the API decides and no caller: what is told of mass assignment (OWASP API3) by a field's name alone.
//!
//! A name is compared by its last words, since these say what it is: `email_verified` and `is_verified` are about being
//! verified, `verified_email` is an address. `createdAt` and `created-at` have the words of `created_at`. A trailing `id`
//! or `ids` is left out where the rest is such a name, so that `plan_id` is a plan.

/// Each group with what its names say.
const DECIDED: &[(&str, &[&str])] = &[
    // Whoever sets it gives something to somebody, or takes it.
    (
        "whose something is",
        &[
            "owner",
            "owned by",
            "creator",
            "tenant",
            "user id",
            "account id",
            "author id",
            "customer id",
            "organization id",
            "organisation id",
            "company id",
            "workspace id",
            "org id",
        ],
    ),
    // Whoever sets it on an account has the rights of another one.
    (
        "what somebody may do",
        &[
            "admin",
            "administrator",
            "superuser",
            "super user",
            "superadmin",
            "sysadmin",
            "moderator",
            "sudo",
            "is root",
            "staff",
            "role",
            "roles",
            "role name",
            "scopes",
            "groups",
            "group ids",
            "permission",
            "permissions",
            "permission set",
            "permission level",
            "privilege",
            "privileges",
            "privilege level",
            "access level",
            "user type",
            "account type",
            "acl",
            "capabilities",
            "entitlements",
        ],
    ),
    // Each is the result of a check, and whoever sets it has passed it.
    (
        "that somebody was checked",
        &[
            "verified",
            "verified at",
            "verified on",
            "verified by",
            "verification status",
            "approved",
            "approved at",
            "approved on",
            "approved by",
            "approval status",
            "is confirmed",
            "email confirmed",
            "phone confirmed",
            "confirmed at",
            "account status",
            "kyc status",
            "is trusted",
            "banned",
            "banned until",
            "is blocked",
            "is locked",
            "account locked",
            "suspended",
            "suspended until",
            "is active",
        ],
    ),
    // Each is paid for elsewhere.
    (
        "what was paid for",
        &[
            "balance",
            "credits",
            "credit limit",
            "quota",
            "loyalty points",
            "plan",
            "plan name",
            "plan type",
            "tier",
            "is premium",
            "subscription",
            "subscription status",
            "subscription type",
            "paid",
            "paid at",
            "paid on",
            "paid until",
        ],
    ),
    // An audit reads it, and believes it.
    (
        "what happened and when",
        &[
            "created date",
            "created time",
            "creation date",
            "creation time",
            "date created",
            "created at",
            "created on",
            "created by",
            "last updated",
            "date updated",
            "updated at",
            "updated on",
            "updated by",
            "last modified",
            "date modified",
            "modified at",
            "modified on",
            "modified by",
            "deleted at",
            "deleted on",
            "deleted by",
            "is deleted",
            "last login",
            "last login at",
            "last seen",
            "last seen at",
            "login count",
            "failed logins",
        ],
    ),
];

/// Returns what a name says, if that is for the API to decide.
pub(super) fn decided(name: &str) -> Option<&'static str> {
    match name.trim_matches('_') {
        "id" | "uuid" => return Some("which one it is"),
        "sub" => return Some("whose something is"),
        _ => {}
    }
    let words: Vec<&str> = name.split('_').filter(|word| !word.is_empty()).collect();
    let without_id = match words.split_last() {
        Some((&("id" | "ids"), rest)) => rest,
        _ => &words,
    };
    let is_named = |entry: &&str| {
        let entry: Vec<&str> = entry.split(' ').collect();
        words.ends_with(&entry) || without_id.ends_with(&entry)
    };
    DECIDED.iter().find(|(_, names)| names.iter().any(&is_named)).map(|(says, _)| *says)
}

#[cfg(test)]
mod tests {
    use super::*;

    // R81: names of different words, of several, and of some that only look alike.
    #[test]
    fn a_name_is_compared_by_its_last_words() {
        for name in [
            "id",
            "_id",
            "uuid",
            "sub",
            "_sub",
            "customer_id",
            "scopes",
            "user_groups",
            "tier",
            "owner",
            "owner_id",
            "new_owner",
            "tenant_ids",
            "user_id",
            "admin",
            "is_admin",
            "superuser",
            "is_staff",
            "role",
            "user_roles",
            "role_id",
            "permissions",
            "verified",
            "is_verified",
            "email_verified",
            "balance",
            "account_balance",
            "plan",
            "plan_id",
            "created_at",
            "modified_by",
            "is_active",
            "owned_by",
            "creator_id",
            "organisation_id",
            "superadmin",
            "is_moderator",
            "group_ids",
            "access_level",
            "account_type",
            "email_verified_at",
            "approved_by",
            "account_status",
            "is_blocked",
            "is_premium",
            "plan_name",
            "paid_at",
            "creation_date",
            "last_login_at",
            "failed_logins",
        ] {
            assert!(decided(name).is_some(), "{name}");
        }
        for name in [
            "",
            "user",
            "user_name",
            "order_id",
            "verified_email",
            "admin_note",
            "planet",
            "role_play",
            "active",
            "balanced",
            "created",
            "note",
            "identity",
            "id_card",
            "group_id",
            "confirmed",
            "premium",
            "locked",
            "points",
            "last_name",
            "order_status",
        ] {
            assert!(decided(name).is_none(), "{name}");
        }
    }

    #[test]
    fn names_are_listed_once() {
        let mut names: Vec<_> = DECIDED.iter().flat_map(|(_, names)| names.iter()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
