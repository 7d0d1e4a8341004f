//! The compile-time check of an input in a query or a form: each field has names and texts there, of one reading, and all of them have
//! room in one request.

use crate::{
    compose,
    input::{Contents, Field, Needs, rules::bounds::fail, wire::query::MOST_PARAMETERS},
};

/// Checks that an input can come from a query string or a form: every field is one value, a list of values, an input of such or JSON.
#[track_caller]
pub const fn check_query(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if field.is_nested() || field.is_map() {
            check_base(field, fields);
        } else if !field.rules.json
            && !matches!(field.ty.needs, Needs::List(item) if item.is_single())
        {
            check_single(field, QUERY);
        }
        index += 1;
    }
}

/// The mistake of a field that a query cannot name.
pub(crate) const QUERY: &str = " cannot come from a query string or a form\n  help: name a scalar, a list or a map of scalars or a struct of \
                                these, write `#[input(json)]` above it, or take the input as `Json`";

/// Checks that no other parameter has the name of a member of an input.
#[track_caller]
const fn check_base(field: &Field, fields: &[Field]) {
    let base = field.name.as_bytes();
    let mut index = 0;
    while index < fields.len() {
        let name = fields[index].name.as_bytes();
        let mut length = 0;
        while length < base.len() && length < name.len() && base[length] == name[length] {
            length += 1;
        }
        if length == base.len() && length < name.len() && name[length] == b'[' {
            fail(&["SA555: "], &fields[index], &[], &[BRACKETS]);
        }
        index += 1;
    }
}

/// The mistake of a name with brackets, where an input in a query has them.
pub(crate) const BRACKETS: &str = " has brackets in its name, which a query has around the members of an input\n  help: give it a name \
                                   without them by `name = \"…\"`, or move it into that input";

/// Checks that a query or a form has no more parameters than a request may have, where it repeats the name of a list for each item;
/// those of inputs in it are counted too. The list of most items is told.
#[track_caller]
pub(crate) const fn check_parameters(contents: &Contents) {
    if contents.parameters > MOST_PARAMETERS && contents.longest.1 > 0 {
        compose::fail(&[
            "SA553: `",
            contents.longest.0,
            "` has more items than a request has parameters, which are 256\n  help: write fewer `items`, or all of them in one \
             text: `separated = \",\"`",
        ]);
    }
}

/// Checks that no field says how a query or a form has it, where it is in neither.
#[track_caller]
pub(super) const fn check_no_forms(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let rules = &fields[index].rules;
        if rules.separated.is_some() || rules.json {
            let key = if rules.json { "`json`" } else { "`separated`" };
            let help = [
                " says how a query or a form has it, and is in neither\n  help: remove ",
                key,
                ": JSON has its own lists and \
                        objects, and a header has commas",
            ];
            fail(&["SA554: "], &fields[index], &[], &help);
        }
        index += 1;
    }
}

#[track_caller]
pub(super) const fn check_single(field: &Field, help: &str) {
    if matches!(field.ty.needs, Needs::List(_) | Needs::Map(..) | Needs::Object | Needs::Free(_)) {
        fail(&["SA512: "], field, &[], &[help]);
    }
}
