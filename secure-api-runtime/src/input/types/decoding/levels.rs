//! Levels of fields that lead back to their own input.

use super::Decoding;
use crate::input::{Node, Rules};

impl Decoding {
    /// Reads a value one level deeper, where its field leads back to its own input. A value without anything in it is at no level.
    pub(in crate::input) fn deeper<'b>(
        &mut self,
        node: Node<'b>,
        rules: &Rules,
        read: impl FnOnce(Node<'b>, &mut Self),
    ) {
        let Some(levels) = rules.depth.filter(|_| holds_something(&node)) else {
            return read(node, self);
        };
        let above = self.levels.iter().filter(|of| **of == levels.of).count();
        if above >= levels.most && !crate::weakened::is("levels") {
            return self.refuse("depth", format!("this nests {} levels at most", levels.most));
        }
        self.levels.push(levels.of);
        read(node, self);
        self.levels.pop();
    }
}

fn holds_something(node: &Node<'_>) -> bool {
    match node {
        Node::List(items) => !items.is_empty(),
        Node::Object(members) => !members.is_empty(),
        Node::Absent | Node::Null => false,
        _ => true,
    }
}
