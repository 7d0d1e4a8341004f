//! The refusals of proofs, for the log: constant texts that repeat nothing of what was sent.

use crate::identity::refusals;

refusals! {
    /// The reason for which a proof was refused. A caller is told none of it.
    pub(super) enum Refusal {
        // The token.
        Unbound = "the token is not bound to a key, and was sent with the scheme DPoP";
        NoUrl = "nobody said at which URL the app is found";
        // How it was sent.
        Missing = "the request has no proof";
        Several = "the request has more than one proof";
        TooLong = "the proof is longer than 4 KiB";
        // Its form.
        Form = "the proof is not three segments of base64url with one JSON object each in two of them";
        // Its header.
        Type = "the proof's `typ` is not dpop+jwt";
        Header = "the proof's header demands what is not understood, or names a key elsewhere";
        Algorithm = "the proof's `alg` is not one that proofs have, or not that of its key";
        Jwk = "the proof's `jwk` is not one public key";
        Private = "the proof's `jwk` has a private part";
        OtherKey = "the proof is by another key than the token is bound to";
        // Its claims.
        Method = "the proof is for another method";
        Target = "the proof is for another URL";
        Time = "the proof's `iat`, `exp` or `nbf` is missing or not a time";
        Old = "the proof is too old, or has ended";
        Future = "the proof is of the future";
        Id = "the proof's `jti` is missing or not acceptable";
        Token = "the proof is for another token";
        // Its proof.
        Signature = "the proof's signature does not verify";
        // What is known of it here.
        Nonce = "the proof has no nonce, or none that is accepted now";
        Seen = "the proof was used before";
    }
}
