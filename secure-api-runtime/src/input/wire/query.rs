//! A query string as an object of texts, decoded once and strictly (WHATWG `application/x-www-form-urlencoded`).

use std::{borrow::Cow, collections::HashMap};

use percent_encoding::percent_decode;

use crate::error::{InvalidField, Problem, problem};

use crate::input::{Decoding, Node, wire::node::pointer_step};

/// Most parameters of one request. The declared ones are fewer; this bounds the work for others.
pub(in crate::input) const MOST_PARAMETERS: usize = 256;

/// The parameters of a query, each to be taken by whom it is for.
#[derive(Debug, Default, Clone)]
pub struct Parameters(Vec<(Cow<'static, str>, Node<'static>)>);

impl Parameters {
    /// Reads a query string; none at all is one without parameters.
    ///
    /// # Errors
    ///
    /// 400 [`problem::INVALID_QUERY`], where [`Node::from_query`] refuses it.
    pub fn read(query: Option<&str>) -> Result<Self, Problem> {
        match Node::from_query(query.unwrap_or_default()) {
            Ok(Node::Object(members)) => Ok(Self(members)),
            // A query is an object.
            Ok(_) => Ok(Self::default()),
            Err(refusal) => Err(invalid(vec![refusal])),
        }
    }

    /// Takes the value of a parameter out, if it is there.
    ///
    /// # Errors
    ///
    /// 400 [`problem::INVALID_QUERY`], where it stands there twice.
    pub fn take(&mut self, name: &str) -> Result<Option<String>, Problem> {
        let Some(place) = self.0.iter().position(|(known, _)| known == name) else {
            return Ok(None);
        };
        match self.0.swap_remove(place) {
            (_, Node::Text(text)) => Ok(Some(text.into_owned())),
            _ => Err(invalid(vec![repeated(name)])),
        }
    }

    /// Refuses what nobody has taken.
    ///
    /// # Errors
    ///
    /// 400 [`problem::INVALID_QUERY`], with each parameter that is left.
    pub fn finish(&self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut decoding = Decoding::of_query();
        self.0.iter().for_each(|(name, _)| decoding.refuse_member(name));
        decoding.finish::<()>(None, &problem::INVALID_QUERY).map(drop)
    }

    /// Returns all that are left, as an object of texts, and of lists of texts where a name stands several times.
    pub(in crate::input) fn into_node(self) -> Node<'static> {
        Node::Object(self.0)
    }
}

fn invalid(errors: Vec<InvalidField>) -> Problem {
    Problem::new(&problem::INVALID_QUERY).errors(errors)
}

impl Node<'_> {
    /// Reads a query string, without its `?`. `+` is a space.
    ///
    /// # Errors
    ///
    /// Where a `%` is not followed by two hexadecimal digits, the decoded bytes are not UTF-8, hold a control
    /// character or are encoded a second time, a parameter has no name, or there are more than 256. What stands there
    /// several times is a list of its texts: if it may is for the fields to say.
    pub fn from_query(query: &str) -> Result<Node<'static>, InvalidField> {
        Self::from_pairs(query, decode_strictly)
    }

    /// Reads the body of a form. Other than in a query, a value may have several lines and may look as if it were
    /// encoded once more, as text in JSON may; the rules of its field come after.
    ///
    /// # Errors
    ///
    /// Those of [`from_query`](Self::from_query) but for these two.
    pub fn from_form(form: &str) -> Result<Node<'static>, InvalidField> {
        Self::from_pairs(form, decode)
    }

    fn from_pairs(
        query: &str,
        decode_value: fn(&str) -> Result<String, Refusal>,
    ) -> Result<Node<'static>, InvalidField> {
        let mut members: Vec<(Cow<'static, str>, Node<'static>)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        if query.is_empty() {
            return Ok(Node::Object(members));
        }
        for (number, pair) in query.split('&').enumerate() {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name = decode_strictly(name).map_err(|refusal| refusal.at(String::new()))?;
            if name.is_empty() {
                return Err(Refusal("syntax", "a parameter has a name").at(String::new()));
            }
            let value = decode_value(value).map_err(|refusal| refusal.at(parameter(&name)))?;
            if number == MOST_PARAMETERS {
                let refusal = Refusal("size", "a request has at most 256 parameters");
                return Err(refusal.at(String::new()));
            }
            let value = Node::Text(Cow::Owned(value));
            match places.get(&name).and_then(|place| members.get_mut(*place)) {
                Some((_, Node::List(texts))) => texts.push(value),
                Some((_, earlier)) => {
                    let first = std::mem::replace(earlier, Node::Absent);
                    *earlier = Node::List(vec![first, value]);
                }
                None => {
                    places.insert(name.clone(), members.len());
                    members.push((Cow::Owned(name), value));
                }
            }
        }
        Ok(Node::Object(members))
    }
}

struct Refusal(&'static str, &'static str);

impl Refusal {
    fn at(self, pointer: String) -> InvalidField {
        InvalidField { pointer, code: self.0, detail: Cow::Borrowed(self.1) }
    }
}

/// Returns the mistake of a parameter that stands several times, and is no list.
pub(in crate::input) fn repeated(name: &str) -> InvalidField {
    Refusal("repeated", "a parameter stands once").at(parameter(name))
}

/// Returns the name of a parameter as an answer tells it, or nothing where it is not to be repeated.
pub(in crate::input) fn parameter(name: &str) -> String {
    if pointer_step(name).is_some() { name.to_owned() } else { String::new() }
}

fn decode(text: &str) -> Result<String, Refusal> {
    if has_stray_percent(text.as_bytes()) {
        return Err(Refusal("encoding", "`%` is followed by two hexadecimal digits"));
    }
    let bytes: Vec<u8> = percent_decode(text.replace('+', " ").as_bytes()).collect();
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Refusal("encoding", "text is UTF-8"));
    };
    Ok(text)
}

fn decode_strictly(text: &str) -> Result<String, Refusal> {
    let text = decode(text)?;
    if text.chars().any(char::is_control) {
        return Err(Refusal("characters", "control characters are not accepted"));
    }
    if has_escape(text.as_bytes()) {
        return Err(Refusal("encoding", "text is percent-encoded once"));
    }
    Ok(text)
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

fn has_escape(bytes: &[u8]) -> bool {
    bytes.windows(3).any(is_escape)
}

fn has_stray_percent(bytes: &[u8]) -> bool {
    let places = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'%');
    places.into_iter().any(|(place, _)| !bytes.get(place..place + 3).is_some_and(is_escape))
}
