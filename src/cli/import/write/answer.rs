//! Results of handlers: what the document answers with, as a type, with the view that shows it.

use super::{Project, circle, name, text};
use crate::cli::import::decide::{
    page::PagePlan,
    plan::{AnswerPlan, OperationPlan, Ty},
};

impl Project<'_> {
    /// Returns the result of a handler, its view, and what has to be declared for it.
    pub(super) fn answer(
        &mut self,
        own: &str,
        one: &OperationPlan,
    ) -> (String, Option<String>, String) {
        let mut more = String::new();
        let (result, view) = match &one.answer {
            AnswerPlan::Empty => ("NoContent".to_owned(), None),
            AnswerPlan::Exists => ("Exists".to_owned(), None),
            AnswerPlan::Scalar(ty) => (self.scalar(ty), None),
            AnswerPlan::Accepted => ("Accepted".to_owned(), None),
            AnswerPlan::AcceptedWith(ty) => {
                let (shown, view) = self.whole_answer(ty);
                (format!("AcceptedWith<{shown}>"), view)
            }
            AnswerPlan::AcceptedScalar(ty) => (format!("AcceptedWith<{}>", self.scalar(ty)), None),
            AnswerPlan::Redirect => ("Redirect".to_owned(), None),
            AnswerPlan::Text => (format!("Text<{}>", self.characters()), None),
            AnswerPlan::Bytes(_) => (format!("ByteStream<{}>", self.bytes()), None),
            AnswerPlan::Shown(Ty::List(item, ..)) if one.links.is_some() => {
                let (shown, view) = self.shown(item);
                (format!("Page<{shown}>"), view)
            }
            AnswerPlan::Shown(ty) => {
                let (shown, view) = self.whole_answer(ty);
                // What is no resource says by itself that nothing was created.
                match &*one.verb {
                    "POST" | "DELETE" if !is_bare(&shown) => (format!("Performed<{shown}>"), view),
                    _ => (shown, view),
                }
            }
            AnswerPlan::Created(ty) => {
                let (shown, view) = self.whole_answer(ty);
                (format!("Created<{shown}>"), view)
            }
            AnswerPlan::CreatedWith(ty) => {
                let (shown, view) = self.whole_answer(ty);
                (format!("CreatedWith<{shown}>"), view)
            }
            AnswerPlan::CreatedScalar(ty) => (format!("CreatedWith<{}>", self.scalar(ty)), None),
            AnswerPlan::Page(page) => {
                let (shown, view) = self.shown(&page.item);
                (format!("Page<{}>", circle::unboxed(&shown)), view)
            }
            AnswerPlan::Events(Some(ty)) => {
                let (shown, view) = self.whole_answer(ty);
                (format!("Events<{shown}>"), view)
            }
            AnswerPlan::Events(None)
            | AnswerPlan::Csv
            | AnswerPlan::Undescribed(_)
            | AnswerPlan::UndescribedWith => {
                let ty = self.types.take(name::type_name(&format!("{own} answer"), "Type"), "Type");
                more.push_str(&self.undescribed(&ty, one));
                more.push('\n');
                let result = match &one.answer {
                    AnswerPlan::Events(_) => format!("Events<{ty}>"),
                    AnswerPlan::Csv => match self.answers.items {
                        Some(most) => format!("Csv<{ty}, {most}>"),
                        None => format!("Csv<{ty}>"),
                    },
                    AnswerPlan::Undescribed(_) if one.links.is_some() => format!("Page<{ty}>"),
                    AnswerPlan::Undescribed(202) => format!("AcceptedWith<{ty}>"),
                    AnswerPlan::Undescribed(201) => format!("Created<{ty}>"),
                    AnswerPlan::UndescribedWith => format!("CreatedWith<{ty}>"),
                    _ if matches!(&*one.verb, "POST" | "DELETE") => format!("Performed<{ty}>"),
                    _ => ty.clone(),
                };
                (result, Some(format!("{ty}View")))
            }
            AnswerPlan::File(kinds) => {
                let ty = self.types.take(name::type_name(&format!("{own} kinds"), "Type"), "Type");
                let kinds = kinds.iter().map(|kind| format!("FileKind::{kind}"));
                let kinds = kinds.collect::<Vec<_>>().join(", ");
                more.push_str(&format!(
                    include_str!("template/kinds.rs.txt"),
                    kinds = kinds,
                    ty = ty
                ));
                (format!("Download<{ty}>"), None)
            }
        };
        if one.answer_headers.is_empty() {
            return (result, view, more);
        }
        let ty = self.types.take(name::type_name(&format!("{own} headers"), "Type"), "Type");
        more.push_str(&self.answer_headers(&ty, &one.answer_headers));
        more.push('\n');
        (format!("WithHeaders<{result}, {ty}>"), view, more)
    }

    /// Returns the type of a whole answer, and its view.
    fn whole_answer(&mut self, ty: &Ty) -> (String, Option<String>) {
        match ty {
            Ty::Nullable(inner) => self.whole_answer(inner),
            Ty::List(inner, _, most, _) => {
                let (inner, view) = self.shown(inner);
                (format!("Array<{}, {}>", circle::unboxed(&inner), self.most(*most)), view)
            }
            Ty::Map(inner, most) if inner.is_object(&self.plan.types) => {
                let (inner, view) = self.shown(inner);
                (format!("Map<{}, {}>", circle::unboxed(&inner), self.most(*most)), view)
            }
            // What has no view of its own has none in a map.
            Ty::Map(..) => (self.free_object(), None),
            ty => {
                let (shown, view) = self.shown(ty);
                (circle::unboxed(&shown), view)
            }
        }
    }
}

/// Returns the key that says how a page looks; nothing where it looks as usual.
pub(super) fn page(page: &PagePlan) -> Option<String> {
    let Some(items) = &page.items else { return Some("page(array, links)".to_owned()) };
    let next = page.next.as_ref().filter(|next| *next != "next");
    let named = [
        ("items", Some(items).filter(|items| *items != "items")),
        ("next", next),
        ("total", page.total.as_ref()),
    ];
    let named = named
        .iter()
        .filter_map(|(key, name)| Some(format!("{key} = {}", text::literal(name.as_ref()?))));
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| format!("page({})", named.join(", ")))
}

/// Returns `true` for what has no name and no place of its own.
fn is_bare(shown: &str) -> bool {
    ["Array<", "Map<"].iter().any(|begin| shown.starts_with(begin))
        || matches!(shown, "FreeValue" | "FreeObjectValue")
}
