//! Names of secrets: what a field is asked by, since its type says only that it is text.
//!
//! A name is asked word by word. A word that means a password wherever it stands is enough; one that means other things
//! too, as `token`, is asked where it is what the name is about: at its end, or before words as `hash` and `value`. `apiKey`,
//! `api-key` and `APIKey` have the words of `api_key`.

use std::sync::LazyLock;

use quote::ToTokens;
use syn::Type;

/// Entries of one word or more. They are read once, however many names are asked.
type List = LazyLock<Vec<Vec<&'static str>>>;

/// Parts of a word that mean a secret wherever they are.
static PASSWORDS: List = LazyLock::new(|| entries("password, passwd, passphrase, passcode, pwd"));

/// Words that mean a secret at the end of a name.
static SECRETS: List = LazyLock::new(|| {
    entries(
        "access key, apikey, api key, auth code, authorization code, backup code, card number, credential, \
    credit card, credit card number, cvc, cvc2, cvv, cvv2, decryption key, encryption key, iban, jwt, \
    login code, master key, mfa code, one time code, otp, pass code, pass phrase, pass word, pin, \
    private key, recovery code, recovery phrase, reset code, secret, secret key, security code, \
    seed phrase, session cookie, session id, session key, shared key, signing key, sms code, \
    social security number, ssn, token, totp, verification code",
    )
});

/// Whole names that mean a secret, and in longer ones something else.
static WHOLE: List = LazyLock::new(|| entries("bearer, db pass, pan, pass, sid, user pass"));

/// Words that may follow a secret without making it something else.
static FOLLOWING: List = LazyLock::new(|| {
    entries(
        "again, answer, cipher, clear, code, confirm, confirmation, current, digest, encoded, encrypted, \
    hash, hashed, hex, key, new, number, old, pepper, phrase, plain, plaintext, raw, repeat, \
    repeated, salt, string, text, value",
    )
});

/// Words that make a fact about a password of one that they follow.
static ABOUT: List = LazyLock::new(|| {
    entries(
        "age, algorithm, at, by, count, expiry, expires, field, help, hint, id, ids, kind, label, length, \
    link, manager, message, name, note, policy, prompt, question, requirements, rules, scheme, state, \
    status, strength, title, type, until, version",
    )
});

/// Words that say that the value cannot be used as the secret.
static HIDDEN: List = LazyLock::new(|| entries("masked, redacted"));

/// Words of names that only look alike: what pages through a list is no secret.
static OTHERS: List = LazyLock::new(|| {
    entries("continuation token, cursor token, next token, page token, sync token")
});

/// Returns `true` if what has this name is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let words = words(name);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if words.iter().any(|word| has(&HIDDEN, word)) {
        return false;
    }
    let is_password = |word: &&str| PASSWORDS.iter().flatten().any(|part| word.contains(part));
    if words.iter().any(is_password) {
        return words.last().is_none_or(|last| !has(&ABOUT, last));
    }
    if WHOLE.contains(&words) {
        return true;
    }
    let mut left = &words[..];
    loop {
        if ends_with_any(left, &OTHERS) {
            return false;
        }
        if ends_with_any(left, &SECRETS) || left.last().is_some_and(|last| is_joined(last)) {
            return true;
        }
        match left {
            [rest @ .., last] if has(&FOLLOWING, last) => left = rest,
            _ => return false,
        }
    }
}

/// Returns `true` if what has this name in an answer is a secret. An account's number is told to whoever pays to it.
pub(crate) fn is_secret_shown(name: &str) -> bool {
    is_secret(name) && words(name).last().is_none_or(|last| last != "iban")
}

/// Returns `true` if what has this name in a path is a secret. The id of something has to be somewhere.
pub(crate) fn is_secret_in_path(name: &str) -> bool {
    is_secret(name) && words(name).last().is_none_or(|last| last != "id")
}

/// Returns `true` if a type is written with the name of a secret, as `Option<ApiToken>`.
pub(crate) fn is_named_secret(ty: &Type) -> bool {
    any_name(ty.to_token_stream(), is_secret)
}

/// Returns `true` if a type in an answer is written with the name of what is a secret there.
pub(crate) fn is_named_secret_shown(ty: &Type) -> bool {
    any_name(ty.to_token_stream(), is_secret_shown)
}

fn any_name(tokens: proc_macro2::TokenStream, is_asked: fn(&str) -> bool) -> bool {
    tokens.into_iter().any(|token| match token {
        proc_macro2::TokenTree::Ident(name) => is_asked(&name.to_string()),
        proc_macro2::TokenTree::Group(group) => any_name(group.stream(), is_asked),
        _ => false,
    })
}

/// Returns `true` if a type is written as `Secret<…>`, or as something around one.
pub(crate) fn is_secret_type(ty: &Type) -> bool {
    let text = ty.to_token_stream().to_string();
    text.starts_with("Secret <") || text.contains(" Secret <")
}

/// Returns `true` for words that are written as one, as `accesstoken` and `clientsecret`.
fn is_joined(word: &str) -> bool {
    let ends = ["token", "secret", "apikey", "privatekey", "secretkey", "accesskey", "sessionid"];
    ends.iter().any(|end| word.ends_with(end))
}

fn ends_with_any(words: &[&str], list: &List) -> bool {
    list.iter().any(|entry| words.ends_with(entry))
}

fn entries(list: &'static str) -> Vec<Vec<&'static str>> {
    list.split(", ").map(|entry| entry.split(' ').collect()).collect()
}

fn has(list: &List, word: &str) -> bool {
    list.iter().any(|entry| *entry == [word])
}

/// Returns the words of a name in lower case, each without digits at its end and in the singular.
fn words(name: &str) -> Vec<String> {
    let name: Vec<char> = name.chars().collect();
    let mut words = vec![String::new()];
    for (place, letter) in name.iter().enumerate() {
        let before = place.checked_sub(1).and_then(|place| name.get(place));
        let after = name.get(place + 1);
        // A word begins at a capital after a small letter, and at the last capital of several: `APIKey`.
        let begins = letter.is_uppercase()
            && (before.is_some_and(|before| !before.is_uppercase())
                || after.is_some_and(|after| after.is_lowercase()));
        if begins || !letter.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    let plain = |word: String| {
        let word = match word.as_str() {
            "cvv2" | "cvc2" => &word,
            other => other.trim_end_matches(|letter: char| letter.is_ascii_digit()),
        };
        let is_plural = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
        if is_plural { word[..word.len() - 1].to_owned() } else { word.to_owned() }
    };
    words.into_iter().map(plain).filter(|word| !word.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    // R81: names of secrets as they are written, and names that only look like them.
    #[test]
    fn a_name_is_asked_by_its_words() {
        for name in
            "password new_password newPassword NewPassword password_confirmation passwordHash \
            password_hash hashed_password pwd pwd_hash userpassword passwords passwd passphrase \
            passcode pass_word db_password_prod password2 password_salt pass pin card_pin \
            pin_code pinCode new_pin pins secret client_secret clientSecret secret_key \
            secret_answer totp_secret secrets token access_token refreshToken token_hash \
            token_value accesstoken reset_token csrf_token tokens otp otp_code totp api_key \
            apiKey APIKey api-key apikey api_keys api_key_hash private_key privateKey credential \
            credentials session_id sessionId sid cvv cvv2 cvc pan card_number credit_card ssn \
            iban signing_key recovery_codes jwt"
                .split(' ')
        {
            assert!(is_secret(name), "{name}");
        }
        for name in
            " keyboard password_reset_at password_hint password_policy password_id token_type \
            token_name token_count token_id page_token next_page_token tokenizer secretary \
            secret_name secret_santa pinned pin_color map_pin_title opinion spin spinner \
            boarding_pass passenger passport pass_mark compass bypass frying_pan japan key keys \
            primary_key public_key hash commit_hash salt session session_name user_id \
            api_key_name api_key_id credential_id author code zip_code card card_brand title \
            basalt masked_card_number card_last_four"
                .split(' ')
        {
            assert!(!is_secret(name), "{name}");
        }
        assert!(is_secret_in_path("ResetToken") && !is_secret_in_path("SessionId"));
    }
}
