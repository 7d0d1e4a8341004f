//! The reasons for which the language cannot say an operation, each with its sentence. They are counted by it.

use serde::Serialize;

/// The way out that is left for an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::cli::import) enum Way {
    /// An extractor reads what no argument does.
    Hatch,
    /// None: it is a comment.
    Not,
}

/// A reason.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::cli::import) struct Reason {
    /// The way out.
    pub(in crate::cli::import) way: Way,
    /// The sentence.
    pub(in crate::cli::import) text: &'static str,
}

macro_rules! reasons {
    ($($name:ident = $way:ident, $text:literal;)*) => {
        $(pub(in crate::cli::import) static $name: Reason = Reason { way: Way::$way, text: $text };)*
    };
}

reasons! {
    // Where it is.
    PATH_TEXT = Not, "the path has a value in its query or its fragment, an escape or a character that no path has";
    PATH_EMPTY_SEGMENT = Not, "the path has an empty segment, or one of dots alone";
    PATH_PARAMETERS = Not, "two parameters of the path stand beside each other, or one has no end";
    PATH_TWICE = Not, "another operation has its verb and path, but for the names of parameters";
    PATH_MEETS = Not, "its path may be that of another operation, which has a parameter in a part of a segment";
    PATH_CASE = Not, "another path is the same but for small and capital letters";
    VERB = Not, "the verb is none of GET, QUERY, POST, PUT, PATCH and DELETE";
    FRAMEWORKS_VERB = Not, "the framework answers HEAD and OPTIONS itself, and such an operation has no GET";
    QUERY = Not, "a QUERY has no body of JSON or of fields, or an answer that does not read one resource or a page";
    ELSEWHERE = Not, "it refers to another file";
    NOWHERE = Not, "it refers to what is not there, or in a circle";
    // Who calls.
    KEY_IN_QUERY = Not, "credentials stand in the query under a name that no kind has, or that the framework reads";
    ONE_HEADER = Not, "it asks for two kinds of credentials at once that stand in one header";
    MIXED_SCOPES = Not, "each of several kinds of credentials needs one of other scopes";
    NO_SCOPE = Not, "it asks for a scope that no token can have (RFC 6749, section 3.3)";
    UNKNOWN_SCHEME = Not, "its credentials are of a kind that is not sent in a way of its own";
    // What comes in.
    PATH_LIST = Not, "a parameter of the path is a list or an object";
    QUERY_CONTENT = Not, "a parameter of the query is a document of its own, and no object or list of JSON";
    QUERY_DEEP = Not, "a parameter of the query is an object in lists, or in another form than `deepObject`";
    HEADER_LIST = Hatch, "a header field is a list or an object";
    COOKIE_LIST = Hatch, "a cookie is a list or an object";
    BODY_OF_READ = Not, "a GET has a body";
    BODY_SCHEMA_LESS = Hatch, "the body has no media type";
    BODY_JSON_MEDIA = Hatch, "the body is JSON of another media type than `application/json`";
    BODY_JSON_PATCH = Hatch, "the body is a JSON Patch (RFC 6902)";
    BODY_XML = Hatch, "the body is XML";
    BODY_MEDIA = Hatch, "the body is of a media type that no argument reads";
    BODY_SCALAR = Hatch, "the body is one text or number of JSON";
    FORM_DEEP = Hatch, "a form has objects in it, or lists of them";
    UPLOAD_DEEP = Hatch, "an upload has objects in it, or lists of them";
    // What both have.
    OVERLAP = Not, "two forms of a union cannot be told apart";
    UNION_OF_ALL = Not, "a union stands beside another one, or beside properties that are none of an object";
    UNION_TAG = Not, "the member that tells the forms of a union apart is not in each of them";
    MULTIPLE = Not, "a number is a multiple of a fraction, and one in binary is a multiple of none";
    MIXED_CHOICES = Not, "an enum has values of several kinds";
    ENDLESS = Not, "a value has to contain itself";
    NAME = Not, "a member has a name that is no 1 to 64 visible ASCII characters, or one with `\"`, `\\`, `%`, `<`, `>`, `&` or `,`";
    IMPOSSIBLE = Not, "a schema takes no value at all";
    TOO_DEEP = Not, "a schema is nested too deep";
    TOO_LARGE = Not, "a schema has too many parts or forms";
    // What goes out.
    ANSWER_NONE = Not, "no answer of success is described";
    ANSWER_SCALAR = Not, "the answer is one value of JSON that may be of several kinds, or bytes in JSON";
    ANSWER_HEADER = Not, "the answer has a header field whose name is more than letters, digits and hyphens";
    ANSWER_MEMBERS = Not, "the answer has members, and its media type does not say how they are written";
    ANSWER_XML = Not, "the answer is XML";
    ANSWER_ACTS = Not, "the answer is a page, a style, a script or a message of several parts";
    GET_ACCEPTED = Not, "a GET is answered with 201 or 202 alone";
    ACCEPTED_CONTENT = Not, "a 202 has content that is no JSON";
    PATCH_CREATED = Not, "a PATCH or DELETE is answered with 201";
    BYTES_OF_CHANGE = Not, "a verb that changes is answered with bytes";
    ANSWER_STATUS = Not, "it is answered with a status that no answer has";
}
