//! The facts of the whole, compared.

use std::collections::BTreeMap;

use super::{AppFacts, Change, limit, made::USUAL_PLACE};
use crate::{contract::finding::values, identity::API_KEY};

impl Change<'_> {
    /// Compares what holds for all operations.
    pub(in crate::contract) fn app(&mut self, was: &AppFacts, is: &AppFacts) {
        let AppFacts {
            tenants,
            address_limit,
            body_limit,
            deadline_seconds,
            origins,
            places,
            proof_nonces,
            hatches,
        } = is;
        let told = [
            ("tenants-added", "each caller is of a tenant now"),
            ("tenants-removed", "no tenant keeps objects apart any more"),
        ];
        self.flag((was.tenants, *tenants), told);
        let told = [
            ("proof-nonces-added", "each proof of a key has to have a nonce of the server's now"),
            ("proof-nonces-removed", "a proof of a key needs no nonce of the server's any more"),
        ];
        self.flag((was.proof_nonces, *proof_nonces), told);
        let list = |limit: &Option<super::LimitText>| limit.clone().into_iter().collect::<Vec<_>>();
        for (rule, key, sentence, before, after) in
            limit::changes(&list(&was.address_limit), &list(address_limit))
        {
            self.tell(
                rule,
                &key,
                format!("over all operations, an address {sentence}"),
                (before, after),
            );
        }
        self.body_bound(was.body_limit, *body_limit);
        self.deadline(was.deadline_seconds, *deadline_seconds);
        for origin in origins.iter().filter(|origin| !was.origins.contains(origin)) {
            self.tell(
                "origin-added",
                origin,
                format!("pages of {origin} may read answers now"),
                (None, None),
            );
        }
        for origin in was.origins.iter().filter(|origin| !origins.contains(origin)) {
            self.tell(
                "origin-removed",
                origin,
                format!("pages of {origin} may not read answers any more"),
                (None, None),
            );
        }
        let usual = |kind: &String| (kind == API_KEY).then(|| USUAL_PLACE.to_owned());
        for kind in
            was.places.keys().chain(places.keys().filter(|kind| !was.places.contains_key(*kind)))
        {
            let place =
                |of: &BTreeMap<String, String>| of.get(kind).cloned().or_else(|| usual(kind));
            // Of a contract that was written before places were, and of a kind that came or went, operations tell.
            let (Some(before), Some(after)) = (place(&was.places), place(places)) else { continue };
            if before != after {
                self.tell(
                    "api-security-component-location-changed",
                    kind,
                    format!("{kind} was sent in {before}, and is in {after}"),
                    values(before, after),
                );
            }
        }
        self.hatches(&was.hatches, hatches);
    }
}
