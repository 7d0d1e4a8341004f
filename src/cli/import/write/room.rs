//! Rooms: the modules of a project, cut into files that one can read.

use std::collections::BTreeMap;

use super::text;

/// The most lines of a file, but for one item that is longer.
const MOST_LINES: usize = 250;

/// The lines that each file begins with.
const HEAD: &str = "use std::collections::BTreeMap;\nuse std::net::{IpAddr, Ipv4Addr, Ipv6Addr};\n\n\
    use secure_api::prelude::*;\n\nuse crate::items::*;\n";

/// The rooms of a project.
#[derive(Debug, Default)]
pub(super) struct Rooms {
    rooms: BTreeMap<String, Room>,
}

#[derive(Debug, Default)]
struct Room {
    label: String,
    blocks: Vec<(String, Option<String>)>,
}

impl Rooms {
    /// Begins a room, with what it is called in the document.
    pub(super) fn begin(&mut self, room: &str, label: &str) {
        self.rooms.entry(room.to_owned()).or_default().label = label.to_owned();
    }

    /// Adds an item to a room.
    pub(super) fn add(&mut self, room: &str, block: String) {
        self.rooms.entry(room.to_owned()).or_default().blocks.push((block, None));
    }

    /// Adds a route to a room.
    pub(super) fn add_route(&mut self, room: &str, name: &str, block: String) {
        let blocks = &mut self.rooms.entry(room.to_owned()).or_default().blocks;
        blocks.push((block, Some(name.to_owned())));
    }

    /// Returns the files below `src`, the names of modules, and of those which have routes.
    pub(super) fn files(self) -> (BTreeMap<String, String>, Vec<String>, Vec<String>) {
        let (mut files, mut modules, mut routed) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (name, Room { label, blocks }) in self.rooms {
            if blocks.is_empty() {
                continue;
            }
            if blocks.iter().any(|(_, route)| route.is_some()) {
                routed.push(name.clone());
            }
            let about = if label.is_empty() { name.replace('_', " ") } else { label };
            let about = text::comment("", "//!", &format!("{about}."));
            let about =
                if about.is_empty() { "//! A part of the API.\n".to_owned() } else { about };
            let mut parts: Vec<Vec<(String, Option<String>)>> = vec![Vec::new()];
            let mut lines = 0;
            for block in blocks {
                let height = block.0.lines().count() + 1;
                if lines + height > MOST_LINES && lines > 0 {
                    parts.push(Vec::new());
                    lines = 0;
                }
                lines += height;
                if let Some(part) = parts.last_mut() {
                    part.push(block);
                }
            }
            if parts.len() == 1 {
                let part = parts.pop().unwrap_or_default();
                files.insert(format!("src/{name}.rs"), file(&about, &part));
            } else {
                let mut index = about.clone();
                let mut listed = Vec::new();
                index.push('\n');
                for (number, part) in parts.iter().enumerate() {
                    let part_name = format!("part_{}", number + 1);
                    index.push_str(&format!("mod {part_name};\n"));
                    files.insert(format!("src/{name}/{part_name}.rs"), file(&about, part));
                    if part.iter().any(|(_, route)| route.is_some()) {
                        listed.push(part_name);
                    }
                }
                index.push('\n');
                for number in 1..=parts.len() {
                    index.push_str(&format!("pub(crate) use part_{number}::*;\n"));
                }
                if !listed.is_empty() {
                    index.push_str(&format!(
                        "\nsecure_api::defaults! {{ routes({}) }}\n",
                        listed.join(", ")
                    ));
                }
                files.insert(format!("src/{name}/mod.rs"), index);
            }
            modules.push(name);
        }
        (files, modules, routed)
    }
}

fn file(about: &str, part: &[(String, Option<String>)]) -> String {
    let mut text = format!("{about}\n{HEAD}");
    let routes: Vec<&str> = part.iter().filter_map(|(_, route)| route.as_deref()).collect();
    if !routes.is_empty() {
        text.push_str(&format!("\nsecure_api::defaults! {{ routes({}) }}\n", routes.join(", ")));
    }
    for (block, _) in part {
        text.push('\n');
        text.push_str(block);
    }
    text
}
