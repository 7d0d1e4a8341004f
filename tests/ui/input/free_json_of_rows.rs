use secure_api::prelude::*;

struct Row(u32);

struct Report {
    rows: FreeJson<4096, 4, 100>,
}

fn report(rows: Vec<Row>) -> Result<Report, InvalidValue> {
    Ok(Report { rows: FreeJson::foreign(&rows)? })
}

fn main() {
    let report = report(vec![Row(1)]);
    drop(report.map(|report| report.rows));
}
