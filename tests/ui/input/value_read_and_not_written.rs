use secure_api::prelude::*;

struct Moment(u64);

fn read(_: &str) -> Result<Moment, InvalidValue> {
    Ok(Moment(0))
}

#[derive(Value)]
#[value(max_len = 9, parse = read)]
struct Alone(Moment);

#[derive(Value)]
#[value(parse = read, write = write)]
struct Unbounded(Moment);

fn write(moment: &Moment) -> String {
    moment.0.to_string()
}

#[derive(Value)]
#[value(range = 0..=9, parse = read, write = write)]
struct Number(Moment);

fn main() {}
