//! An input as it is written: JSON, a merge patch, a form, a query string.

pub(in crate::input) mod media;
pub(in crate::input) mod node;
pub(in crate::input) mod query;

use super::{Decoding, Input, Node, Parameters, Rules};
use crate::error::{Problem, problem};

/// Reads a merge patch.
///
/// # Errors
///
/// Those of [`decode_body`].
pub fn decode_patch<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    decode_json(bytes, Decoding::of_patch())
}

/// Reads the body of a form.
///
/// # Errors
///
/// 400 [`problem::MALFORMED`] where a field is repeated or not well-formed, the text is no UTF-8, or there are more
/// than 256 fields. 422 [`problem::INVALID_INPUT`] where a field is unknown, missing or has no valid value.
pub fn decode_form<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    let malformed = || Problem::new(&problem::MALFORMED);
    let text = std::str::from_utf8(bytes).map_err(|error| malformed().because(error))?;
    let node = Node::from_form(text).map_err(|refusal| malformed().errors(vec![refusal]))?;
    let mut decoding = Decoding::of_query();
    let decoded = T::decode(node, &Rules::NONE, &mut decoding);
    decoding.finish(decoded).map_err(|errors| Problem::new(&problem::INVALID_INPUT).errors(errors))
}

/// Reads a JSON body.
///
/// # Errors
///
/// 400 [`problem::MALFORMED`] where the bytes are no acceptable JSON: a syntax error, invalid UTF-8, a
/// repeated name, more than 32 levels, more than 100,000 values. 422 [`problem::INVALID_INPUT`] where they
/// are and say something that is not allowed; up to 50 places are listed.
pub fn decode_body<T: Input>(bytes: &[u8]) -> Result<T, Problem> {
    decode_json(bytes, Decoding::of_body())
}

fn decode_json<T: Input>(bytes: &[u8], mut decoding: Decoding) -> Result<T, Problem> {
    let node = match Node::from_json(bytes) {
        Ok(node) => node,
        Err(refusal) => return Err(Problem::new(&problem::MALFORMED).errors(vec![refusal])),
    };
    let decoded = T::decode(node, &Rules::NONE, &mut decoding);
    decoding.finish(decoded).map_err(|errors| Problem::new(&problem::INVALID_INPUT).errors(errors))
}

/// Reads a query string; none at all is one without parameters.
///
/// # Errors
///
/// 400 [`problem::INVALID_QUERY`]: a parameter is unknown, repeated, missing, not well-formed or has no
/// valid value.
pub fn decode_query<T: Input>(query: Option<&str>) -> Result<T, Problem> {
    Parameters::read(query)?.decode()
}
