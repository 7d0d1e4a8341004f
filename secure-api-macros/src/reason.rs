//! Reasons: the sentences by which an exception is judged. The macros have a copy of this file; a test compares the two.

/// Words that say nothing by themselves: those that stand between others, those of a placeholder, and those of our own
/// help.
const EMPTY: &str = " a an and are as at be but by for if in is it its me of on one or so that the there these they this those to \
    us we with you anybody because case explain fill fine here just later may more no not ok please put reason \
    reasons reviews said say sentence some something sure text three todo whatever which who why word words yes \
    your asdf bar baz blah dolor dummy fix fixme foo ipsum lorem na none nothing null placeholder qux qwer \
    qwerty tba tbd temp temporary test testing tmp unknown wip xxx zxcv sit amet add any anyone anyway can care \
    cares change could did do does done give given goes good great hello i insert know lazy matter matters need \
    needed needs nobody obviously \
    public replace review reviewed reviewer reviewers should stuff thing things two was were will works world would yet ";

/// Beginnings of our own help, and of what is written in its place.
const OURS: &[&str] =
    &["one who reviews", "write a reason", "write a sentence", "write the reason", "write why"];

/// Words that, in capitals, say that the sentence is still to be written.
const UNDONE: &str = " TODO FIXME TBD TBA WIP XXX ";

/// Returns `true` if a text is a sentence: three different words or more, of which one at least says something, and no
/// ellipsis or `TODO` that stands for the rest.
///
/// A word is what stands between blanks and punctuation. Where a script has no blanks between words, as Chinese, Japanese
/// and Thai, each letter counts as one.
pub(crate) const fn is_sentence(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut words, mut says) = (0, 0, false);
    while at < bytes.len() {
        if begins(bytes, at, &["…", "..."]) || begins(bytes, at, OURS) {
            return false;
        }
        let end = end_of_word(bytes, at);
        if end == at {
            at += length(bytes, at);
            continue;
        }
        if is_one_of(bytes, at, end, UNDONE, false) {
            return false;
        }
        if has_letter(bytes, at, end) && !is_said_before(bytes, at, end) {
            words += 1;
            let plain = without_digits(bytes, at, end);
            says |= !is_one_of(bytes, at, plain, EMPTY, true) && !is_one_letter(bytes, at, end);
        }
        at = end;
    }
    words >= 3 && says
}

/// Returns the end of the word that begins here, or the place itself where none does.
const fn end_of_word(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while at < bytes.len() && is_in_word(bytes, at) {
        let length = length(bytes, at);
        if stands_alone(bytes, at) {
            return if at == start { at + length } else { at };
        }
        at += length;
    }
    at
}

/// Returns the number of bytes of the letter that begins here.
const fn length(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// Returns `true` for what may be part of a word. Beyond ASCII that is all but the marks of U+2000 to U+206F, U+3000 to
/// U+303F and U+FF00 to U+FF0F.
const fn is_in_word(bytes: &[u8], at: usize) -> bool {
    if bytes[at].is_ascii() {
        return bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'\'' | b'_');
    }
    let second = if at + 1 < bytes.len() { bytes[at + 1] } else { 0 };
    let third = if at + 2 < bytes.len() { bytes[at + 2] } else { 0 };
    !matches!(
        (bytes[at], second, third),
        (0xC2, ..)
            | (0xE2, 0x80, _)
            | (0xE2, 0x81, ..0xB0)
            | (0xE3, 0x80, _)
            | (0xEF, 0xBC, ..0x90)
    )
}

/// Returns `true` for a letter of a script without blanks between words: Thai, kana, Han.
const fn stands_alone(bytes: &[u8], at: usize) -> bool {
    let second = if at + 1 < bytes.len() { bytes[at + 1] } else { 0 };
    matches!((bytes[at], second), (0xE0, 0xB8..=0xBB) | (0xE3..=0xE9, _))
}

const fn has_letter(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut at = start;
    while at < end {
        if bytes[at].is_ascii_alphabetic() || !bytes[at].is_ascii() {
            return true;
        }
        at += 1;
    }
    false
}

/// Returns where a word ends without the digits at its end: `reason1` and `word2` say what they say without.
const fn without_digits(bytes: &[u8], start: usize, end: usize) -> usize {
    let mut at = end;
    while at > start && bytes[at - 1].is_ascii_digit() {
        at -= 1;
    }
    at
}

/// Returns `true` for one ASCII letter, however often it is repeated, as in `x` and `aaa`.
const fn is_one_letter(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut at = start + 1;
    while at < end {
        if bytes[at] != bytes[start] {
            return false;
        }
        at += 1;
    }
    bytes[start].is_ascii()
}

const fn is_said_before(bytes: &[u8], start: usize, end: usize) -> bool {
    let mut at = 0;
    while at < start {
        let other = end_of_word(bytes, at);
        if other == at {
            at += length(bytes, at);
            continue;
        }
        if other - at == end - start {
            let mut index = 0;
            while index < end - start
                && bytes[at + index].eq_ignore_ascii_case(&bytes[start + index])
            {
                index += 1;
            }
            if index == end - start {
                return true;
            }
        }
        at = other;
    }
    false
}

/// Returns `true` if a word is one of these, which stand between blanks; in lower case, if `any_case`.
const fn is_one_of(bytes: &[u8], start: usize, end: usize, words: &str, any_case: bool) -> bool {
    let (words, length) = (words.as_bytes(), end - start);
    let mut at = 0;
    while at + length + 1 < words.len() {
        if words[at] == b' ' && words[at + length + 1] == b' ' {
            let mut index = 0;
            while index < length {
                let byte = bytes[start + index];
                let byte = if any_case { byte.to_ascii_lowercase() } else { byte };
                if byte != words[at + 1 + index] {
                    break;
                }
                index += 1;
            }
            if index == length {
                return true;
            }
        }
        at += 1;
    }
    false
}

/// Returns `true` if one of these begins here, in capitals or not.
const fn begins(bytes: &[u8], at: usize, marks: &[&str]) -> bool {
    let mut place = 0;
    while place < marks.len() {
        let mark = marks[place].as_bytes();
        let mut index = 0;
        while index < mark.len()
            && at + index < bytes.len()
            && bytes[at + index].eq_ignore_ascii_case(&mark[index])
        {
            index += 1;
        }
        if index == mark.len() {
            return true;
        }
        place += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_sentence;

    // An exception is given for a reason that somebody can judge.
    #[test]
    fn a_reason_is_a_sentence() {
        for reason in [
            "anybody may look",
            "anybody may write to us",
            "the catalog is for everybody",
            "our issuer sends no client_id",
            "public by design",
            "needed for login",
            "nobody has to say who they are",
            "the todo lists are on public display",
            "Wer sich anmeldet, hat noch kein Konto",
            "目録は誰でも読める",
            "каталог открыт для всех",
            "a monitor asks each second, and the answer is one read",
        ] {
            assert!(is_sentence(reason), "{reason}");
        }
        for reason in [
            "",
            " ",
            ".",
            "-",
            "x",
            "…",
            "...",
            "todo",
            "n/a",
            "public",
            "a sample",
            "TODO: public for now, ask Ann",
            "public for everybody, …",
            "todo todo todo",
            "public public public",
            "x y z",
            "a b c d",
            "aaa bbb ccc",
            "1 2 3 4",
            "foo bar baz",
            "lorem ipsum dolor sit",
            "why anybody may",
            "say why, for the one who reviews it",
            "write a sentence for the one who reviews it",
            "because I said so",
            "some reason here",
            "Write a reason here",
            "just in case",
            "this is public",
            "because it is public",
            "reason goes here",
            "insert a reason here",
            "some good reason",
            "reason1 reason2 reason3",
            "I do not know yet",
            "does not matter",
            "who cares anyway",
            "change me later",
            "hello world foo",
            "to be sure",
            "to be done",
            "need to add a reason",
            "no reason given",
            "a sentence for the reviewer",
            "needs to be reviewed",
            "— — —",
        ] {
            assert!(!is_sentence(reason), "{reason}");
        }
    }
}
