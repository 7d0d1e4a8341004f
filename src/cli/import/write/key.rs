//! Parameters of paths: a type for each place of the path, however many operations have it. Nothing in the document says whose
//! it is that a parameter names, so its reason is left empty, which does not compile, unless somebody answered it.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Project,
    apart::{Marked, without},
    field::Written,
    name, text, used,
};
use crate::cli::import::decide::{
    leaf,
    plan::{Form, OperationPlan, PathParameter, Piece, TextRules, Ty},
};

/// The room of keys.
const ROOM: &str = "keys";

/// The longest text that a path has.
const LONGEST: u64 = 255;

/// The value types of which each text is one segment of a path.
const SEGMENTS: [&str; 6] = ["Uuid", "Date", "Timestamp", "IpAddr", "Ipv4Addr", "Ipv6Addr"];

/// The types of parameters, by the path that ends with each of them.
pub(super) type Keys = BTreeMap<(usize, String), String>;

/// Returns the path up to a segment, without names of parameters.
pub(super) fn prefix(one: &OperationPlan, until: usize) -> String {
    let mut shown = String::new();
    for segment in &one.segments[..=until] {
        shown.push('/');
        for piece in segment {
            match piece {
                Piece::Literal(literal) => shown.push_str(literal),
                Piece::Parameter(_) => shown.push_str("{}"),
            }
        }
    }
    shown
}

/// Returns the key of a parameter among those of all operations: its path, with its number in the segment and its type.
pub(super) fn place(one: &OperationPlan, number: usize) -> (usize, String) {
    let found = one.segments.iter().position(|segment| segment.contains(&Piece::Parameter(number)));
    let shown = found.map_or(String::new(), |until| prefix(one, until));
    // Operations may have values of other types at one place, as numbers and names.
    let ty = one.parameters.get(number).map(|parameter| &parameter.ty);
    (one.version, format!("{shown}#{} {ty:?}", in_segment(one, number)))
}

/// Returns the path up to a parameter, without names of parameters and without what stands behind it in its segment.
fn resource(one: &OperationPlan, number: usize) -> String {
    let own = Piece::Parameter(number);
    let Some(at) = one.segments.iter().position(|segment| segment.contains(&own)) else {
        return String::new();
    };
    let before = one.segments[at].iter().take_while(|piece| **piece != own);
    let before = before.map(|piece| match piece {
        Piece::Literal(literal) => literal,
        Piece::Parameter(_) => "{}",
    });
    format!("{}/{}{{}}", self::before(one, at), before.collect::<String>())
}

/// Parameters that are one type.
struct Group<'p> {
    /// The first of them.
    parameter: &'p PathParameter,
    /// The words that other paths have in its place.
    words: BTreeSet<String>,
    /// The letters that it may not hold.
    ends: BTreeSet<char>,
}

fn in_segment(one: &OperationPlan, number: usize) -> usize {
    let segment = one.segments.iter().find(|segment| segment.contains(&Piece::Parameter(number)));
    segment.map_or(0, |segment| {
        let before = segment.iter().take_while(|piece| **piece != Piece::Parameter(number));
        before.filter(|piece| matches!(piece, Piece::Parameter(_))).count()
    })
}

impl Project<'_> {
    /// Writes the types of all parameters. What has the same schema behind the same path is one resource, in each version and by
    /// whatever stands behind it in its segment, so it has one type.
    pub(super) fn keys(&mut self, told: &[&OperationPlan]) -> Keys {
        let (words, marked) = (words_of(told), Marked::of(told));
        let mut groups: Vec<Group<'_>> = Vec::new();
        let mut known: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
        let mut places: BTreeMap<(usize, String), usize> = BTreeMap::new();
        for one in told {
            for (number, parameter) in one.parameters.iter().enumerate() {
                let place = place(one, number);
                if places.contains_key(&place) {
                    continue;
                }
                let words = siblings(&words, one, number);
                // Beside words a key has no pattern, which it keeps where there are none.
                let has_pattern = matches!(&parameter.ty, Ty::Text(of) if of.pattern.is_some());
                let schema = self.schema(&parameter.ty);
                let group = *known
                    .entry((resource(one, number), schema, has_pattern && !words.is_empty()))
                    .or_insert(groups.len());
                if group == groups.len() {
                    groups.push(Group { parameter, words: BTreeSet::new(), ends: BTreeSet::new() });
                }
                groups[group].words.extend(words);
                groups[group].ends.extend(marked.kept_out(one, number));
                places.insert(place, group);
            }
        }
        let mut names = Vec::new();
        for Group { parameter, words, ends } in groups {
            let own = self.types.take(self.key_name(parameter), "Key");
            let block = self.key(&own, parameter, &words, &ends);
            self.rooms.add(ROOM, block);
            names.push(own);
        }
        places.into_iter().map(|(place, group)| (place, names[group].clone())).collect()
    }

    /// Returns the schema of a parameter as a text. Enums are the same if their words are.
    fn schema(&self, ty: &Ty) -> String {
        match ty {
            Ty::Named(id) => format!("{:?}", self.plan.types[*id].form),
            ty => format!("{ty:?}"),
        }
    }

    /// Returns the name of a parameter's type. One that looks like a secret, and is none by an answer, is called an id.
    fn key_name(&self, parameter: &PathParameter) -> String {
        let own = name::type_name(&parameter.name, "Key");
        match self.is_excused(&own) {
            true => format!("{own}Id"),
            false => own,
        }
    }

    /// Returns the name of a parameter in the path of a route.
    pub(super) fn parameter_name(&self, parameter: &PathParameter) -> String {
        let own = name::value_name(&parameter.name, "key");
        match self.is_excused(&name::type_name(&parameter.name, "Key")) {
            true => format!("{}_id", own.trim_start_matches("r#")),
            false => own,
        }
    }

    fn is_excused(&self, own: &str) -> bool {
        self.answers.allow.contains_key(own)
    }

    fn key(
        &mut self,
        own: &str,
        parameter: &PathParameter,
        words: &BTreeSet<String>,
        ends: &BTreeSet<char>,
    ) -> String {
        let reason = self.answers.unowned.clone().unwrap_or_default();
        let mut rules = vec![format!("unowned = {}", text::literal(&reason))];
        let about = text::doc(
            "",
            &parameter.about,
            &format!("The parameter {}.", text::literal(&parameter.name)),
        );
        let question = match self.answers.unowned {
            Some(_) => String::new(),
            None => text::comment(
                "",
                "//",
                "Whose is it? `Authorized<…>` of an object if somebody's, or the reason for which it is nobody's.",
            ),
        };
        let plan = self.plan;
        let mut of = parameter.ty.clone();
        if let Ty::Named(id) = &of
            && let Form::Choice(choices) = &plan.types[*id].form
        {
            if choices.iter().all(|choice| is_segment(choice)) {
                let attribute = format!("#[value({})]\n", rules.join(", "));
                return question + &used::choice(own, &parameter.about, choices, &attribute, false);
            }
            // In a path they are escaped, so they are texts that are listed by a pattern.
            of = leaf::one_of(choices);
        }
        let (ty, written) = match &of {
            Ty::Int(..) | Ty::NumberText(..) | Ty::Float(..) | Ty::Bool(_) => {
                let written = self.written(&of, used::Flavour::Input);
                (written.ty.clone(), written)
            }
            Ty::Typed(name) if SEGMENTS.contains(name) => ((*name).to_owned(), Written::default()),
            Ty::Text(of) => {
                let most = of.most.or(self.answers.text).map(|most| most.min(LONGEST));
                // A pattern may not have the words that are reserved, and then there is nothing to reserve. It is told.
                let (pattern, unread) = match words.is_empty() {
                    true => (of.pattern.clone(), of.unread.clone()),
                    false => (None, of.pattern.clone().or(of.unread.clone())),
                };
                let pattern = pattern.or_else(|| without(ends));
                let of = TextRules { most, pattern, unread, ..of.clone() };
                ("String".to_owned(), self.written(&Ty::Text(of), used::Flavour::Flat))
            }
            // Addresses and the like are texts of a path as any other.
            _ => {
                let of =
                    TextRules { most: Some(100), pattern: without(ends), ..TextRules::default() };
                ("String".to_owned(), self.written(&Ty::Text(of), used::Flavour::Flat))
            }
        };
        rules.extend(written.rules);
        let notes = written.notes.iter().map(|note| text::comment("", "//", &format!("{note}.")));
        let question = question + &notes.collect::<String>();
        // What is shorter or longer than any key is none.
        let fits = |word: &&String| match &of {
            Ty::Text(of) => {
                let length = word.chars().count() as u64;
                of.least.is_none_or(|least| least <= length)
                    && of.most.is_none_or(|most| length <= most)
            }
            _ => true,
        };
        let words: Vec<String> =
            words.iter().filter(fits).map(|word| text::literal(word)).collect();
        if ty == "String" && !words.is_empty() {
            rules.push(format!("reserved({})", words.join(", ")));
        }
        format!(
            "{about}{question}#[derive(Value)]\n#[value({})]\npub(crate) struct {own}({ty});\n",
            rules.join(", ")
        )
    }
}

/// Returns `true` for a word that stands in a path as it is.
fn is_segment(word: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !matches!(word, "" | "." | "..") && word.bytes().all(unreserved)
}

/// The words of all paths, by the version and the path that each stands behind.
type Words<'p> = BTreeMap<(usize, String), BTreeSet<&'p str>>;

fn words_of<'p>(told: &[&'p OperationPlan]) -> Words<'p> {
    let mut words = Words::new();
    for one in told {
        for (at, segment) in one.segments.iter().enumerate() {
            if let [Piece::Literal(word)] = &**segment {
                words.entry((one.version, before(one, at))).or_default().insert(word);
            }
        }
    }
    words
}

/// Returns the path before a segment.
fn before(one: &OperationPlan, at: usize) -> String {
    at.checked_sub(1).map_or_else(String::new, |until| prefix(one, until))
}

/// Returns the words that other paths have where a parameter stands alone in its segment.
fn siblings(words: &Words<'_>, one: &OperationPlan, number: usize) -> BTreeSet<String> {
    let at = one.segments.iter().position(|segment| **segment == [Piece::Parameter(number)]);
    let found = at.and_then(|at| words.get(&(one.version, before(one, at))));
    found.into_iter().flatten().map(|word| (*word).to_owned()).collect()
}
