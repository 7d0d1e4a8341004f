//! The compile-time check of an input at its argument: its fields can come in the form that the argument reads.

use crate::{compose, shape::FreeBounds};

use crate::input::{
    Field, Needs, Referred,
    rules::{
        bounds::fail,
        owned::{check_cookies, check_headers},
        query::{check_no_forms, check_query, check_single},
    },
};

/// The form in which an argument reads the fields of its input, where that demands something of them.
#[derive(Debug, Clone, Copy)]
pub enum Reads {
    /// No demands.
    Freely,
    /// A tree: JSON.
    Whole(&'static [Field]),
    /// A bare list: JSON.
    Items {
        /// The bounds that an item demands.
        needs: Needs,
        /// The fewest and the most of them.
        bounds: (usize, usize),
        /// The fields of an item, where it has some.
        fields: fn() -> Vec<&'static [Field]>,
    },
    /// A tree of one of several forms, each with its fields: JSON.
    Forms(fn() -> Vec<&'static [Field]>),
    /// A tree of any form: JSON.
    Free(FreeBounds),
    /// Named parts: an upload.
    Parts(&'static [Field]),
    /// Names and texts: a query string or a form.
    Flat(&'static [Field]),
    /// Header fields, each of one value or of a list.
    Headers(&'static [Field]),
    /// Cookies, each of one value.
    Cookies(&'static [Field]),
    /// Fields that may be absent: a merge patch.
    Merging(&'static [Field]),
    /// An input that has a mistake of its own, and so no fields.
    Unknown,
}

impl Reads {
    /// Returns the fields that are read.
    pub const fn fields(&self) -> &'static [Field] {
        match self {
            Self::Freely | Self::Unknown | Self::Items { .. } | Self::Forms(_) | Self::Free(_) => {
                &[]
            }
            Self::Whole(fields)
            | Self::Parts(fields)
            | Self::Flat(fields)
            | Self::Headers(fields)
            | Self::Cookies(fields)
            | Self::Merging(fields) => fields,
        }
    }

    /// Returns `true` if they are read from the head of a request, and not from its URL.
    pub(crate) const fn is_of_head(&self) -> bool {
        matches!(self, Self::Headers(_) | Self::Cookies(_))
    }

    /// Returns `true` if nobody knows which fields are read.
    pub(crate) const fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Returns all objects that the fields refer to, at whatever depth.
    pub(crate) fn referred(&self) -> impl Iterator<Item = &'static Referred> {
        self.all_fields().into_iter().filter_map(|field| field.ty.refers)
    }

    /// Returns the fields that are read, and theirs.
    fn all_fields(&self) -> Vec<&'static Field> {
        let (mut found, mut seen) = (Vec::new(), Vec::new());
        let mut next = match self {
            Self::Items { fields, .. } | Self::Forms(fields) => fields(),
            _ => vec![self.fields()],
        };
        while let Some(fields) = next.pop() {
            // A type may contain itself.
            if seen.iter().any(|other| std::ptr::eq(*other, fields)) {
                continue;
            }
            seen.push(fields);
            for field in fields {
                found.push(field);
                next.extend((field.ty.fields)());
            }
        }
        found
    }
}

/// The mistake in the bounds of free JSON.
pub(in crate::input) const FREE: &str = " has bounds that no value meets\n  help: write the most bytes, the levels, which are 32 at \
     most, and the items and members of all: `FreeJson<4096, 4, 100>`";

/// Returns the name of the type that has these bounds.
const fn free_name(bounds: &FreeBounds) -> &'static str {
    if bounds.object { "FreeObject" } else { "FreeJson" }
}

/// Checks that the fields of an argument's input can be read in the way the argument does. `session` is the name of the session's
/// cookie.
#[track_caller]
pub const fn check_reads(reads: Reads, session: &str) {
    match reads {
        // A variant that is a file is a mistake of its own.
        Reads::Freely | Reads::Unknown | Reads::Forms(_) => {}
        Reads::Whole(fields) => {
            check_no_files(fields);
            check_no_forms(fields);
        }
        Reads::Free(bounds) => {
            if !bounds.admits_something() {
                compose::fail(&["SA542: `", free_name(&bounds), "`", FREE]);
            }
        }
        Reads::Items { needs, bounds, .. } => check_items(&needs, bounds),
        Reads::Parts(fields) => check_upload(fields),
        Reads::Flat(fields) => {
            check_no_files(fields);
            check_query(fields);
        }
        Reads::Headers(fields) => {
            check_no_files(fields);
            check_no_forms(fields);
            check_head(fields, true);
            check_headers(fields);
        }
        Reads::Cookies(fields) => {
            check_no_files(fields);
            check_no_forms(fields);
            check_head(fields, false);
            check_cookies(fields, session);
        }
        Reads::Merging(fields) => {
            check_no_files(fields);
            check_no_forms(fields);
            check_patch(fields);
        }
    }
}

/// Checks that the items of a whole body bring their bounds, and that it lets something through.
#[track_caller]
const fn check_items(needs: &Needs, (fewest, most): (usize, usize)) {
    if let Needs::Free(bounds) = needs
        && !bounds.admits_something()
    {
        compose::fail(&["SA542: `", free_name(bounds), "`", FREE]);
    }
    let is_bounded = matches!(
        needs,
        Needs::Nothing | Needs::Formed { .. } | Needs::Truth | Needs::Object | Needs::Free(_)
    );
    if !is_bounded {
        compose::fail(&[
            "SA540: an item of this `Array` is ",
            needs.is_what(),
            ", and nothing bounds it\n  help: write an own type in its place, with its bounds: \
             `#[derive(Value)] #[value(…)] struct Item(…);`, or an input",
        ]);
    }
    if most == 0 || fewest > most {
        compose::fail(&[
            "SA541: this `Array` lets nothing through\n  help: write the most items first, then the fewest: \
             `Array<…, 100, 1>`",
        ]);
    }
}

const fn is_file(field: &Field) -> bool {
    matches!(field.ty.needs, Needs::File | Needs::List(Needs::File))
}

/// Checks that an input that is no upload has no files.
#[track_caller]
const fn check_no_files(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        if is_file(&fields[index]) {
            let help = " is a file, and only an upload carries files\n  help: take the input as `Upload<…>`";
            fail(&["SA528: "], &fields[index], &[], &[help]);
        }
        index += 1;
    }
}

/// Checks that an upload has a file, and besides files single values and lists of them.
#[track_caller]
const fn check_upload(fields: &[Field]) {
    let (mut index, mut files) = (0, 0);
    while index < fields.len() {
        if is_file(&fields[index]) {
            files += 1;
        } else if fields[index].rules.json
            || !matches!(fields[index].ty.needs, Needs::List(item) if item.is_single())
        {
            let help = " cannot be a part of an upload\n  help: a part is one value: name a scalar, or a list of files or of scalars";
            check_single(&fields[index], help);
        }
        index += 1;
    }
    if files == 0 {
        compose::fail(&[
            "SA529: an upload carries files, and this input has none\n  help: take the input as `Form<…>` or \
             `Json<…>`",
        ]);
    }
}

/// Checks that each field of an input is one value, as a header or a cookie has it, or where there may be `lists` a list of values.
#[track_caller]
const fn check_head(fields: &[Field], lists: bool) {
    let mut index = 0;
    while index < fields.len() {
        let single = match &fields[index].ty.needs {
            Needs::List(item) => lists && item.is_single(),
            needs => needs.is_single(),
        };
        if !single {
            let help = " cannot come from a header or a cookie\n  help: name a scalar, or in a header a list of scalars; or \
                        take the input as `Json`";
            fail(&["SA552: "], &fields[index], &[], &[help]);
        }
        index += 1;
    }
}

/// Checks that an input can be a merge patch: every field may be left out.
#[track_caller]
pub const fn check_patch(fields: &[Field]) {
    let mut index = 0;
    while index < fields.len() {
        let field = &fields[index];
        if !field.ty.optional {
            let help = " has to be there, in a patch too\n  help: make it `Option<…>`, which may be left as it is, or \
                        `Patched<…>`, which may be removed too";
            fail(&["SA522: "], field, &[], &[help]);
        }
        index += 1;
    }
}

/// Checks that a field that not everybody may set can be left out.
#[track_caller]
pub const fn check_settable(field: &Field) {
    if field.setters.is_some() && !field.ty.optional {
        let help = " is for some callers to set, and has to be there\n  help: make it `Option<…>`: the others leave it out";
        fail(&["SA230: "], field, &[], &[help]);
    }
}
