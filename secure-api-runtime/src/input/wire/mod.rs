//! An input as it is written: JSON, a merge patch, a form, a query string, header fields, cookies.

pub(in crate::input) mod flat;
pub(in crate::input) mod head;
pub(in crate::input) mod media;
pub(in crate::input) mod node;
pub(in crate::input) mod number;
pub(in crate::input) mod parameter;
pub(in crate::input) mod query;

use super::{
    Body, Decoding, Field, Input, Node, Parameters, Parts, References, Rules,
    types::references::AllWanted,
};
use crate::{
    error::{InvalidField, Problem, ProblemType, problem},
    limit::Notes,
    role::RoleSet,
};

/// An input as it was sent.
pub(crate) enum Sent<'b> {
    /// A JSON body.
    Json(&'b [u8]),
    /// A merge patch.
    Patch(&'b [u8]),
    /// The body of a form.
    Form(&'b [u8]),
    /// The parameters of a query.
    Query(Parameters),
    /// The parts of an upload.
    Upload(Parts),
    /// Header fields.
    Headers(Node<'static>),
    /// Cookies.
    Cookies(Node<'static>),
}

/// The outcome of one reading.
pub(crate) enum Read<T> {
    /// All of the input.
    Whole(T),
    /// The objects that have to be looked up before there is an input.
    Refers(AllWanted),
}

impl<T> Read<T> {
    /// Returns the input of a reading that looks nothing up.
    pub(crate) fn whole(self) -> Result<T, Problem> {
        match self {
            Self::Whole(input) => Ok(input),
            Self::Refers(_) => Err(Problem::new(&problem::INTERNAL)
                .because("the objects of an input were not looked up")),
        }
    }
}

/// Reads an input without a caller: references and fields of some roles are refused.
///
/// # Errors
///
/// Those of the functions below, by the form that it was sent in.
pub(in crate::input) fn read_alone<T: Input>(sent: Sent<'_>) -> Result<T, Problem> {
    read(sent, References::Refused, RoleSet::NOBODY, &mut None)?.whole()
}

/// Reads an input of a caller who has the roles in `held`, and makes notes of it where limits count by it.
///
/// # Errors
///
/// Those of the functions below, by the form that it was sent in.
pub(crate) fn read<T: Body>(
    sent: Sent<'_>,
    references: References,
    held: RoleSet,
    notes: &mut Option<Notes>,
) -> Result<Read<T>, Problem> {
    let mut whole = Node::Absent;
    let reads = Form {
        fields: T::READS.fields(),
        arranged: const { flat::is_arranged(T::READS.fields()) },
    };
    let (decoding, node, kind) = begun(sent, reads, &mut whole)?;
    let mut decoding = decoding.with(references).sent_by(held).noting(notes.take());
    let decoded = T::decode(node, &Rules::NONE, &mut decoding);
    *notes = decoding.take_notes();
    decoding.finish(decoded, kind)
}

/// The fields of an input, as a reader of names and texts has to know them.
#[derive(Clone, Copy)]
struct Form {
    fields: &'static [Field],
    /// `true` if some are lists or structs. Of single values nothing is looked up.
    arranged: bool,
}

/// Takes apart what was sent, which is the same for inputs of all types. What has to be arranged first is kept in `whole`.
fn begun<'h>(
    sent: Sent<'h>,
    form: Form,
    whole: &'h mut Node<'static>,
) -> Result<(Decoding, Node<'h>, &'static ProblemType), Problem> {
    let malformed = || Problem::new(&problem::MALFORMED);
    let refused = |refusal: InvalidField| malformed().errors(vec![refusal]);
    Ok(match sent {
        Sent::Json(bytes) => {
            let node = Node::from_json(bytes).map_err(refused)?;
            (Decoding::of_body(), node, &problem::INVALID_INPUT)
        }
        Sent::Patch(bytes) => {
            let node = Node::from_json(bytes).map_err(refused)?;
            (Decoding::of_patch(), node, &problem::INVALID_INPUT)
        }
        Sent::Form(bytes) => {
            let text = std::str::from_utf8(bytes).map_err(|error| malformed().because(error))?;
            let node = Node::from_form(text);
            let node = node.and_then(|node| form.leveled(node, whole)).map_err(refused)?;
            (Decoding::of_query(), node, &problem::INVALID_INPUT)
        }
        Sent::Query(parameters) => {
            let node = form.leveled(parameters.into_node(), whole);
            let node =
                node.map_err(|error| Problem::new(&problem::INVALID_QUERY).errors(vec![error]))?;
            (Decoding::of_query(), node, &problem::INVALID_QUERY)
        }
        Sent::Upload(parts) => {
            (Decoding::of_upload(), parts.into_node(form.fields), &problem::INVALID_INPUT)
        }
        Sent::Headers(node) => (Decoding::of_headers(), node, &problem::INVALID_HEADER),
        Sent::Cookies(node) => (Decoding::of_query(), node, &problem::INVALID_COOKIE),
    })
}

impl Form {
    /// Puts names and texts where the fields of an input have them, borrowed from `whole`.
    fn leveled<'h>(
        self,
        node: Node<'static>,
        whole: &'h mut Node<'static>,
    ) -> Result<Node<'h>, InvalidField> {
        if self.arranged {
            *whole = node;
            flat::arranged(whole, self.fields)
        } else {
            flat::flat(node)
        }
    }
}

/// Reads a merge patch.
///
/// # Errors
///
/// Those of [`decode_body`].
pub fn decode_patch<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    read_alone(Sent::Patch(bytes))
}

/// Reads the body of a form.
///
/// # Errors
///
/// 400 [`problem::MALFORMED`] where a field is repeated or not well-formed, the text is no UTF-8, or there are more
/// than 256 fields. 422 [`problem::INVALID_INPUT`] where a field is unknown, missing or has no valid value.
pub fn decode_form<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    read_alone(Sent::Form(bytes))
}

/// Reads a JSON body.
///
/// # Errors
///
/// 400 [`problem::MALFORMED`] where the bytes are no acceptable JSON: a syntax error, invalid UTF-8, a
/// repeated name, more than 32 levels, more than 100,000 values. 422 [`problem::INVALID_INPUT`] where they
/// are and say something that is not allowed; up to 50 places are listed.
pub fn decode_body<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    read_alone(Sent::Json(bytes))
}

/// Reads the JSON body of what another service sent: without a caller, and, where `open` says so, without members that are unknown.
///
/// # Errors
///
/// Those of [`decode_body`].
#[cfg(feature = "client")]
pub(crate) fn read_answer<T: Body>(bytes: &[u8], open: bool) -> Result<T, Problem> {
    let node = Node::from_json(bytes)
        .map_err(|refusal| Problem::new(&problem::MALFORMED).errors(vec![refusal]))?;
    let mut decoding = Decoding::of_body().open_to_more(open);
    let decoded = T::decode(node, &Rules::NONE, &mut decoding);
    decoding.finish(decoded, &problem::INVALID_INPUT)?.whole()
}

/// Reads a query string; none at all is one without parameters.
///
/// # Errors
///
/// 400 [`problem::INVALID_QUERY`]: a parameter is unknown, repeated, missing, not well-formed or has no
/// valid value.
pub fn decode_query<T: Input>(query: Option<&str>) -> Result<T, Problem> {
    read_alone(Sent::Query(Parameters::read(query)?))
}
