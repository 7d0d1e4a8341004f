//! Two plots, as SVG: what each policy lets through beside whom it holds up, and the same for each attack as a field of tiles.

use std::fmt::Write as _;

use crate::{attackers::Attack, behavior::math::ln, measure::Runs, policies::NAMES};

/// Begins a picture that is read in a light and in a dark book.
fn begun(width: u32, height: u32, title: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"12\" \
         role=\"img\">\n<title>{title}</title>\n<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
    )
}

fn text(out: &mut String, x: f64, y: f64, anchor: &str, text: &str) {
    let _ = writeln!(
        out,
        "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"{anchor}\" fill=\"#222222\">{text}</text>"
    );
}

/// Returns the share of attempts that a policy lets through of those that the declared limits do.
fn share(runs: &[Runs], policy: usize, attack: Attack) -> f64 {
    runs[policy].through(attack).mean / runs[0].through(attack).mean.max(1.0)
}

/// Plots the mean share let through against the sessions held up.
pub fn trade(runs: &[Runs]) -> String {
    const WIDTH: f64 = 640.0;
    const HEIGHT: f64 = 400.0;
    const LEFT: f64 = 60.0;
    const BOTTOM: f64 = 340.0;
    const TOP: f64 = 30.0;

    // Sessions held up run from none over 1 to 10 000 in 10 000, by powers of ten.
    let x = |held: f64| {
        LEFT + 20.0
            + (ln(held.max(1.0)) / std::f64::consts::LN_10 + f64::from(u8::from(held >= 1.0))) / 5.0
                * 500.0
    };
    let y = |share: f64| BOTTOM - share.min(1.0) * (BOTTOM - TOP);
    let mut out =
        begun(WIDTH as u32, HEIGHT as u32, "Attempts let through and sessions held up, by policy");
    let _ = writeln!(
        out,
        "<path d=\"M{LEFT:.0} {TOP:.0}V{BOTTOM:.0}H{:.0}\" fill=\"none\" stroke=\"#222222\"/>",
        WIDTH - 20.0
    );
    for (number, tick) in ["none", "1", "10", "100", "1000", "10 000"].iter().enumerate() {
        let at = LEFT + 20.0 + number as f64 * 100.0;
        let _ = writeln!(out, "<path d=\"M{at:.0} {BOTTOM:.0}v5\" stroke=\"#222222\"/>");
        text(&mut out, at, BOTTOM + 20.0, "middle", tick);
    }
    text(&mut out, WIDTH / 2.0, BOTTOM + 45.0, "middle", "legitimate sessions held up, in 10 000");
    for tick in [0, 25, 50, 75, 100] {
        let at = y(f64::from(tick) / 100.0);
        let _ = writeln!(out, "<path d=\"M{:.0} {at:.0}h5\" stroke=\"#222222\"/>", LEFT - 5.0);
        text(&mut out, LEFT - 8.0, at + 4.0, "end", &format!("{tick} %"));
    }
    text(
        &mut out,
        LEFT - 50.0,
        TOP - 12.0,
        "start",
        "attempts let through, of those that the declared limits let through",
    );
    for (policy, name) in NAMES.iter().enumerate() {
        let held = runs[policy].held_up(&[0, 1, 2, 3, 4, 5, 6]).mean;
        let shares: f64 = Attack::ALL.iter().map(|attack| share(runs, policy, *attack)).sum();
        let (x, y) = (x(held), y(shares / Attack::ALL.len() as f64));
        let colour = if (5..=6).contains(&policy) { "#b3261e" } else { "#1f5fa8" };
        let _ = writeln!(out, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\"/>");
        let (at, anchor) = if x > 450.0 { (x - 9.0, "end") } else { (x + 9.0, "start") };
        text(
            &mut out,
            at,
            y + if policy == 6 || y < TOP + 20.0 { 16.0 } else { -4.0 },
            anchor,
            name,
        );
    }
    out + "</svg>\n"
}

/// Plots the share let through of each attack by each policy, as tiles.
pub fn shares(runs: &[Runs]) -> String {
    const LEFT: f64 = 230.0;
    const TOP: f64 = 150.0;
    const WIDE: f64 = 54.0;
    const HIGH: f64 = 24.0;

    let width = LEFT + WIDE * NAMES.len() as f64 + 90.0;
    let height = TOP + HIGH * Attack::ALL.len() as f64 + 15.0;
    let mut out =
        begun(width as u32, height as u32, "Share of attempts let through, by attack and policy");
    for (policy, name) in NAMES.iter().enumerate() {
        let (x, y) = (LEFT + WIDE * (policy as f64 + 0.5), TOP - 8.0);
        let _ = writeln!(
            out,
            "<text transform=\"translate({x:.0} {y:.0}) rotate(-40)\" fill=\"#222222\">{name}</text>"
        );
    }
    for (row, attack) in Attack::ALL.into_iter().enumerate() {
        let y = TOP + HIGH * row as f64;
        text(&mut out, LEFT - 8.0, y + 16.0, "end", attack.name());
        for policy in 0..NAMES.len() {
            let share = share(runs, policy, attack).min(1.0);
            let x = LEFT + WIDE * policy as f64;
            // From white, nothing, to a dark red, everything.
            let (red, other) = (255.0 - 76.0 * share, 255.0 - 217.0 * share);
            let ink = if share > 0.5 { "#ffffff" } else { "#222222" };
            let _ = writeln!(
                out,
                "<rect x=\"{x:.0}\" y=\"{y:.0}\" width=\"{:.0}\" height=\"{:.0}\" fill=\"#{:02x}{:02x}{:02x}\"/>",
                WIDE - 2.0,
                HIGH - 2.0,
                red as u8,
                other as u8,
                other as u8
            );
            let _ = writeln!(
                out,
                "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\" fill=\"{ink}\">{:.0}</text>",
                x + WIDE / 2.0 - 1.0,
                y + 16.0,
                100.0 * share
            );
        }
    }
    text(&mut out, width - 85.0, TOP - 20.0, "start", "in percent");
    out + "</svg>\n"
}
