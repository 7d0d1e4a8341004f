//! The rules of objects, as matrix and list tell them, compared with what callers get.

use std::sync::Mutex;

use secure_api::{
    inventory::{self, ApiModel, OthersObjects},
    prelude::*,
    testing,
};

#[derive(Role)]
enum Rank {
    Member,
    #[role(includes(Member))]
    Editor,
}

#[derive(Version)]
enum Edition {
    V1,
}

#[derive(Default)]
struct Desk(Mutex<Vec<(u32, CallerId)>>);

impl Store for Desk {
    type Read = Self;
    type Write = Self;

    fn reader(&self) -> &Self {
        self
    }

    fn writer(&self, _: &Writing) -> &Self {
        self
    }
}

impl Desk {
    fn find(&self, id: u32) -> Result<Option<CallerId>, StoreError> {
        let rows = self.0.lock().map_err(|_| "a thread panicked while it wrote")?;
        Ok(rows.iter().find(|(known, _)| *known == id).map(|(_, owner)| owner.clone()))
    }
}

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
struct NoteId(u32);

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
struct DraftId(u32);

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
struct StampId(u32);

#[derive(Resource)]
#[view(NoteView, role = Rank::Member, fields(id))]
struct Note {
    id: NoteId,
    writer: CallerId,
}

#[object(owner = writer, read = Rank::Editor)]
impl Object for Note {
    async fn load(
        desk: &Reader<Desk>,
        id: NoteId,
        _: &Loading<Rank>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(desk.find(id.get())?.map(|writer| Self { id, writer }))
    }
}

/// A draft, whose rule is written by hand.
struct Draft {
    writer: CallerId,
}

impl Object for Draft {
    type Key = DraftId;
    type Store = Desk;
    type Roles = Rank;
    type Scope = ();

    async fn load(
        desk: &Reader<Desk>,
        id: DraftId,
        _: &Loading<Rank>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(desk.find(id.get())?.map(|writer| Self { writer }))
    }

    fn permits(&self, caller: &Caller<Rank>, _: Action) -> bool {
        self.writer == *caller.id()
    }

    fn scope(_: &Caller<Rank>) {}
}

/// A stamp, which only inputs refer to.
struct Stamp {
    owner: CallerId,
}

#[object(owner = owner)]
impl Object for Stamp {
    async fn load(
        desk: &Reader<Desk>,
        id: StampId,
        _: &Loading<Rank>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(desk.find(id.get())?.map(|owner| Self { owner }))
    }
}

#[derive(Input)]
struct Letter {
    #[input(items = 0..=3)]
    stamps: Vec<Ref<Stamp>>,
    place: Place,
}

#[derive(Input)]
struct Place {
    beside: Ref<Note>,
}

/// Shows a note.
#[get("/notes/{note}", version = Edition::V1.., role = Rank::Member, view = NoteView)]
async fn get_note(note: Authorized<Note>) -> Authorized<Note> {
    note
}

/// Removes a note.
#[delete("/notes/{note}", version = Edition::V1.., role = Rank::Member)]
async fn remove_note(_note: Authorized<Note>) -> NoContent {
    NoContent
}

/// Prints a note, and with it changes nothing but what is below it.
#[post("/notes/{note}/prints", version = Edition::V1.., role = Rank::Member)]
async fn print_note(_note: Authorized<Note>) -> Accepted {
    Accepted
}

/// Removes a draft.
#[delete("/drafts/{draft}", version = Edition::V1.., role = Rank::Member)]
async fn remove_draft(_draft: Authorized<Draft>) -> NoContent {
    NoContent
}

/// Sends a letter.
#[post("/letters", version = Edition::V1.., role = Rank::Member)]
async fn send(Json(letter): Json<Letter>) -> Accepted {
    drop((letter.stamps, letter.place.beside));
    Accepted
}

/// A desk with notes.
#[api(roles = Rank, versions = Edition, limit = Limit::per_principal(600).per_minute(),
      routes(get_note, remove_note, print_note, remove_draft, send))]
struct Writers;

/// Returns the cells of one operation in the matrix, without verb and path.
fn cells(model: &ApiModel, begin: &str) -> Vec<String> {
    let text = inventory::matrix(model);
    let line = text.lines().find(|line| line.starts_with(begin)).expect("a line");
    let cells = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty());
    cells.skip(2).map(str::to_owned).collect()
}

// R33: where an object's rule admits its owner alone, the matrix says so.
#[test]
fn the_matrix_says_what_the_rule_of_an_object_says() {
    let model = Writers::API.model();
    assert_eq!(
        cells(&model, "verb"),
        ["anonymous", "member, own", "member, other", "editor, own", "editor, other"]
    );
    let reads = ["-", "NoteView", "-", "NoteView", "NoteView"];
    assert_eq!(cells(&model, "GET     /v1/notes/{note}"), reads);
    assert_eq!(cells(&model, "DELETE  /v1/notes/{note}"), ["-", "yes", "-", "yes", "-"]);
    assert_eq!(cells(&model, "POST    /v1/notes/{note}/prints"), ["-", "yes", "-", "yes", "-"]);
    let by_rule = ["-", "yes, by rule", "yes, by rule", "yes, by rule", "yes, by rule"];
    assert_eq!(cells(&model, "DELETE  /v1/drafts/{draft}"), by_rule);
    assert_eq!(cells(&model, "POST    /v1/letters"), ["-", "yes", "yes", "yes", "yes"]);
    assert!(inventory::matrix(&model).contains("\nby rule: "));
}

#[derive(Value, Clone, Copy)]
#[value(key, range = 1..=1000)]
struct PrintId(u32);

/// A print, which editors remove and do not change.
struct Print {
    writer: CallerId,
}

#[object(owner = writer, delete = Rank::Editor)]
impl Object for Print {
    async fn load(
        desk: &Reader<Desk>,
        id: PrintId,
        _: &Loading<Rank>,
    ) -> Result<Option<Self>, StoreError> {
        Ok(desk.find(id.get())?.map(|writer| Self { writer }))
    }
}

/// Removes a print.
#[delete("/prints/{print}.pdf", version = Edition::V1.., role = Rank::Member,
         allow(path, reason = "prints were always called so"))]
async fn remove_print(_print: Authorized<Print>) -> NoContent {
    NoContent
}

/// A desk with prints.
#[api(roles = Rank, versions = Edition, limit = Limit::per_principal(600).per_minute(), routes(remove_print))]
struct Prints;

// R33: letters behind the parameter do not make of the object what another one stands below.
#[test]
fn the_last_parameter_of_a_path_names_its_object() {
    let model = Prints::API.model();
    assert_eq!(cells(&model, "DELETE  /v1/prints/{print}.pdf"), ["-", "yes", "-", "yes"]);
}

// R33: and each caller gets what it says of the objects of others.
#[tokio::test]
async fn each_caller_gets_of_others_what_the_matrix_says() {
    let desk = Desk(Mutex::new(vec![(1, testing::caller_id("alice"))]));
    let app = Writers::app().store(desk).tokens(testing::issuer());
    let client = testing::client(app).expect("an app that starts");
    let model = Writers::API.model();
    let mut compared = 0;
    for operation in &model.operations {
        let path = format!("/v1{}", operation.path).replace("{note}", "1").replace("{draft}", "1");
        for seen in operation.sees(&model) {
            let rank = if seen.caller == "editor" { Rank::Editor } else { Rank::Member };
            let request = client.as_caller(rank, "bob").request(operation.verb.as_str(), &path);
            let status = match seen.others {
                OthersObjects::Refused | OthersObjects::ByRule => 404,
                OthersObjects::Admitted if operation.name == "send" => continue,
                OthersObjects::Admitted => 200,
            };
            request.await.assert_status(status);
            compared += 1;
        }
    }
    assert_eq!(compared, 8);
}

// R35: an object that only the inputs of an operation refer to is listed, with these operations.
#[test]
fn an_object_that_only_inputs_refer_to_is_listed() {
    let model = Writers::API.model();
    let told: Vec<_> = model
        .objects
        .iter()
        .map(|object| (&*object.name, &*object.key, object.operations.join(" ")))
        .collect();
    let notes = "get_note remove_note print_note send".to_owned();
    let expected = [
        ("Note", "NoteId", notes),
        ("Draft", "DraftId", "remove_draft".to_owned()),
        ("Stamp", "StampId", "send".to_owned()),
    ];
    assert_eq!(told, expected);
    let text = inventory::routes(&model);
    let line = text.lines().find(|line| line.starts_with("Stamp ")).expect("a line");
    assert!(line.contains("StampId") && line.ends_with("send"), "{line}");
    let grants = |name: &str| {
        let object = model.objects.iter().find(|object| object.name == name).expect("an object");
        object.grants.as_ref().map(|grants| [&grants.read, &grants.delete].map(|of| of.join(" ")))
    };
    assert_eq!(grants("Note"), Some(["editor".to_owned(), String::new()]));
    assert_eq!(grants("Stamp"), Some([String::new(), String::new()]));
    assert_eq!(grants("Draft"), None);
}
