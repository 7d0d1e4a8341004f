pub struct Filter {
    pub text: String,
}

#[derive(Clone, Copy)]
pub enum Order {
    Newest,
    Cheapest,
}
