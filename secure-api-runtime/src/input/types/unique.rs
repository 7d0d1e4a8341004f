//! Lists in which nothing is there twice.

use std::collections::HashSet;

use crate::input::{Decode, Decoding, Node, Rules, rules::text::in_one_form};

/// Notes each item that an earlier one equals, as JSON Schema has it: `1` is `1.0`, and the order of members does not
/// matter. Text is compared as it will be read, so two spellings of one text are the same. Returns `true` if there is none.
pub(in crate::input) fn refuse_repeated(
    items: &[Node<'_>],
    rules: &Rules,
    decoding: &mut Decoding,
) -> bool {
    let mut seen = HashSet::with_capacity(items.len());
    for (index, item) in items.iter().enumerate() {
        let mut form = String::new();
        write(item, Some(rules), &mut form);
        if !seen.insert(form) {
            decoding.in_item(index, |decoding| {
                decoding.refuse("unique", "this is in the list already");
            });
        }
    }
    seen.len() == items.len()
}

/// Returns the identity of what has several parts, in their order: that of each, with its length. None where a part has none.
pub fn identity_of(parts: &[Option<String>]) -> Option<String> {
    let mut identity = String::new();
    for part in parts {
        let part = part.as_ref()?;
        identity.push_str(&format!("{}:{part}", part.len()));
    }
    Some(identity)
}

/// Notes each item that an earlier one equals once it is read: one address has several texts, and one time. Of an input, a
/// list or a map each part is compared so.
/// `places` are the items' in the list that was sent.
pub(in crate::input) fn refuse_equal<T: Decode>(
    items: &[T],
    places: &[usize],
    decoding: &mut Decoding,
) {
    let mut seen = HashSet::with_capacity(items.len());
    for (item, index) in items.iter().zip(places.iter().copied()) {
        if let Some(identity) = item.identity()
            && !seen.insert(identity)
        {
            decoding.in_item(index, |decoding| {
                decoding.refuse("unique", "this is in the list already");
            });
        }
    }
}

/// Writes a text that two values share only where they are equal. Text without rules is compared as it was sent.
fn write(node: &Node<'_>, rules: Option<&Rules>, form: &mut String) {
    match node {
        Node::Absent | Node::Null => form.push('0'),
        Node::Bool(value) => form.push(if *value { 't' } else { 'f' }),
        Node::Number(number) => form.push_str(&format!("n{};", number.form())),
        Node::Text(text) => {
            let read = rules.map(|rules| in_one_form(text.clone().into_owned(), rules));
            match read {
                Some(Ok(text)) => form.push_str(&format!("s{}:{text}", text.len())),
                // It is refused for what it is, or may be a secret, of which nothing is cut.
                Some(Err(_)) | None => form.push_str(&format!("s{}:{text}", text.len())),
            }
        }
        Node::List(items) => {
            form.push_str(&format!("l{}:", items.len()));
            items.iter().for_each(|item| write(item, rules.map(Rules::of_items), form));
        }
        Node::Object(members) => {
            let mut sorted: Vec<_> = members.iter().collect();
            sorted.sort_by(|(one, _), (other, _)| one.cmp(other));
            form.push_str(&format!("o{}:", sorted.len()));
            for (name, value) in sorted {
                form.push_str(&format!("{}:{name}", name.len()));
                write(value, None, form);
            }
        }
        // `unique` is no rule of files.
        Node::File(_) | Node::Refused(_) => form.push('?'),
    }
}
