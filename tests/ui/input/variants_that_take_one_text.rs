use secure_api::prelude::*;

#[derive(Value)]
enum State {
    Open,
    Closed,
}

#[derive(Value)]
enum Answer {
    Yes,
    Closed,
}

#[derive(Input)]
#[input(untagged)]
enum Wanted {
    State(State),
    Count(#[input(range = 0..=9)] u8),
    Answer(Answer),
}

fn main() {}
