//! The plan of a project: what each operation becomes, in words of the language. The writer reads nothing else.

use std::collections::BTreeSet;

use super::{page::PagePlan, reason::Reason};

/// The number of a type in the table of types.
pub(in crate::cli::import) type TypeId = usize;

/// The type of a field, an item or a parameter.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli::import) enum Ty {
    /// A text by rules.
    Text(TextRules),
    /// A text that is never shown.
    Secret(TextRules),
    /// A value type of the framework, by its name: it brings its bounds.
    Typed(&'static str),
    /// The same, with fewer characters at most than it has by itself.
    Shorter(&'static str, u64),
    /// A whole number of this type.
    Int(&'static str, Bounds<i128>),
    /// A whole number of this type that is written as text.
    NumberText(&'static str, Bounds<i128>),
    /// A fraction of this type.
    Float(&'static str, Bounds<f64>),
    /// Yes or no; one of them alone where the document lists it.
    Bool(Option<bool>),
    /// A list, with the fewest and the most items.
    List(Box<Ty>, u64, Option<u64>, bool),
    /// A map, with the most entries.
    Map(Box<Ty>, Option<u64>),
    /// Something, or null.
    Nullable(Box<Ty>),
    /// A type of the project.
    Named(TypeId),
    /// Any JSON.
    Free,
    /// Any object of JSON.
    FreeObject,
    /// A file of an upload.
    File,
    /// Something that cannot be said.
    Cannot(&'static Reason),
}

impl Ty {
    /// Returns `true` for an object of the project.
    pub(in crate::cli::import) fn is_object(&self, types: &[TypeDef]) -> bool {
        matches!(self, Self::Named(id) if matches!(types[*id].form, Form::Object(_)))
    }
}

/// The bounds of a number.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli::import) struct Bounds<T> {
    /// The smallest.
    pub(in crate::cli::import) least: Option<T>,
    /// The largest.
    pub(in crate::cli::import) most: Option<T>,
    /// `true` if the largest is none itself.
    pub(in crate::cli::import) below: bool,
    /// The number that it is a multiple of.
    pub(in crate::cli::import) multiple: Option<i128>,
    /// The numbers that there are in ascending order, where these bounds do not say it.
    pub(in crate::cli::import) listed: Vec<i64>,
}

/// The rules of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::cli::import) struct TextRules {
    /// The fewest characters.
    pub(in crate::cli::import) least: Option<u64>,
    /// The most characters.
    pub(in crate::cli::import) most: Option<u64>,
    /// The pattern.
    pub(in crate::cli::import) pattern: Option<String>,
    /// The pattern that readers would differ about, for a comment.
    pub(in crate::cli::import) unread: Option<String>,
}

/// A type of the project.
#[derive(Debug)]
pub(in crate::cli::import) struct TypeDef {
    /// The words of its name.
    pub(in crate::cli::import) name: String,
    /// The description.
    pub(in crate::cli::import) about: String,
    /// The form.
    pub(in crate::cli::import) form: Form,
    /// Remarks for who reads it, each a sentence.
    pub(in crate::cli::import) notes: BTreeSet<String>,
    /// `true` if it contains itself.
    pub(in crate::cli::import) circular: bool,
}

/// The form of a type.
#[derive(Debug)]
pub(in crate::cli::import) enum Form {
    /// One that is being read.
    Unfinished,
    /// An object.
    Object(Vec<Field>),
    /// One of these texts.
    Choice(Vec<String>),
    /// One of several forms.
    Union(Union),
    /// The same as another type: all its forms came to this one.
    Alias(Ty),
    /// One that cannot be said.
    Cannot(&'static Reason),
}

/// A union.
#[derive(Debug)]
pub(in crate::cli::import) struct Union {
    /// The member that tells them apart; nothing where the form itself does.
    pub(in crate::cli::import) tag: Option<String>,
    /// The forms, each with the name that the tag has for it.
    pub(in crate::cli::import) variants: Vec<(String, Ty)>,
    /// `true` if a value may be of two of the forms, of which the first is meant.
    pub(in crate::cli::import) ordered: bool,
}

/// A field.
#[derive(Debug, Clone)]
pub(in crate::cli::import) struct Field {
    /// Its name on the wire.
    pub(in crate::cli::import) name: String,
    /// The type.
    pub(in crate::cli::import) ty: Ty,
    /// `true` if it has to be there.
    pub(in crate::cli::import) required: bool,
    /// `true` if it is only answered.
    pub(in crate::cli::import) read_only: bool,
    /// `true` if it is only sent.
    pub(in crate::cli::import) write_only: bool,
    /// The description.
    pub(in crate::cli::import) about: String,
    /// Remarks, each a sentence.
    pub(in crate::cli::import) notes: BTreeSet<String>,
    /// The separator of a list in one text, in a query.
    pub(in crate::cli::import) separated: Option<&'static str>,
    /// `true` of a parameter of a query that is JSON.
    pub(in crate::cli::import) json: bool,
}

/// A part of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli::import) enum Piece {
    /// A text as it is written.
    Literal(String),
    /// A parameter, by its place among those of the operation.
    Parameter(usize),
}

/// A parameter of a path.
#[derive(Debug, Clone)]
pub(in crate::cli::import) struct PathParameter {
    /// Its name on the wire.
    pub(in crate::cli::import) name: String,
    /// The type of its values.
    pub(in crate::cli::import) ty: Ty,
    /// The description.
    pub(in crate::cli::import) about: String,
}

/// The callers that are admitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli::import) enum Access {
    /// The document does not say.
    Open,
    /// Anybody.
    Public,
    /// Anybody, also with credentials.
    Optional,
    /// Callers with one of these credentials, each a list of what is sent together, by the number of the scheme.
    Credentials {
        /// The alternatives.
        by: Vec<Vec<usize>>,
        /// The scopes that each needs.
        scopes: Vec<String>,
        /// The scopes of which any is enough.
        any: Vec<String>,
    },
}

/// The form that a body is read as.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli::import) enum BodyPlan {
    /// `Json<…>`.
    Json(Ty),
    /// `Option<Json<…>>`.
    PerhapsJson(Ty),
    /// `Patch<…>`.
    Patch(Ty),
    /// `Form<…>`.
    Form(Ty),
    /// `Upload<…>`.
    Upload(Ty),
    /// Text.
    Text,
    /// Bytes of one of these media types, with the most of them.
    Bytes(Vec<String>, Option<u64>),
    /// An extractor, for the reason that is noted.
    Extractor,
}

/// The form of an answer.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cli::import) enum AnswerPlan {
    /// Nothing, 204.
    Empty,
    /// Something of this type, 200.
    Shown(Ty),
    /// The same, 201, and `Location` says where it is found.
    Created(Ty),
    /// The same, 201, of what is found nowhere by itself.
    CreatedWith(Ty),
    /// 201 with one scalar.
    CreatedScalar(Ty),
    /// A page, 200.
    Page(PagePlan),
    /// One scalar, 200.
    Scalar(Ty),
    /// 204 where something is there.
    Exists,
    /// 202.
    Accepted,
    /// 202 with something of this type.
    AcceptedWith(Ty),
    /// 202 with one scalar.
    AcceptedScalar(Ty),
    /// A file of these kinds.
    File(Vec<&'static str>),
    /// Text.
    Text,
    /// Rows of CSV.
    Csv,
    /// Events, of this type where it is described.
    Events(Option<Ty>),
    /// Bytes of this media type.
    Bytes(String),
    /// Another place.
    Redirect,
    /// Something that the document does not describe.
    Undescribed(u16),
    /// The same, 201, of what is found nowhere by itself.
    UndescribedWith,
}

/// An operation.
#[derive(Debug)]
pub(in crate::cli::import) struct OperationPlan {
    /// The verb, in capitals.
    pub(in crate::cli::import) verb: String,
    /// The path, as it is written.
    pub(in crate::cli::import) path: String,
    /// The `operationId`.
    pub(in crate::cli::import) id: String,
    /// The first tag.
    pub(in crate::cli::import) tag: String,
    /// The summary.
    pub(in crate::cli::import) about: String,
    /// `true` if it is deprecated.
    pub(in crate::cli::import) deprecated: bool,
    /// The segments of the path behind the version.
    pub(in crate::cli::import) segments: Vec<Vec<Piece>>,
    /// `true` if the path ends with a slash.
    pub(in crate::cli::import) slash: bool,
    /// The version, by its number.
    pub(in crate::cli::import) version: usize,
    /// The parameters of the path.
    pub(in crate::cli::import) parameters: Vec<PathParameter>,
    /// The fields of the query.
    pub(in crate::cli::import) query: Vec<Field>,
    /// The header fields.
    pub(in crate::cli::import) headers: Vec<Field>,
    /// The cookies.
    pub(in crate::cli::import) cookies: Vec<Field>,
    /// The body.
    pub(in crate::cli::import) body: Option<BodyPlan>,
    /// The answer.
    pub(in crate::cli::import) answer: AnswerPlan,
    /// The parameter by which a `Link` names the next page, where the answer is one.
    pub(in crate::cli::import) links: Option<String>,
    /// The header fields of the answer.
    pub(in crate::cli::import) answer_headers: Vec<Field>,
    /// The callers that are admitted.
    pub(in crate::cli::import) access: Access,
    /// Remarks, each a sentence.
    pub(in crate::cli::import) notes: BTreeSet<String>,
    /// The reasons for which it cannot be said.
    pub(in crate::cli::import) reasons: BTreeSet<&'static Reason>,
}
