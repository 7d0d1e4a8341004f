use secure_api::prelude::*;

#[derive(Input)]
#[input(tag = "type", content = "type")]
enum Form {
    Plain {
        #[input(max_len = 9)]
        text: String,
    },
}

#[derive(Input)]
#[input(tag = "type", content = "the data")]
enum Paper {
    Plain {
        #[input(max_len = 9)]
        text: String,
    },
}

#[derive(Input)]
#[input(content = "data")]
enum Page {
    Plain {
        #[input(max_len = 9)]
        text: String,
    },
}

fn main() {}
