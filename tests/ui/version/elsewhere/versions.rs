#[derive(Debug)]
pub enum Edition {
    E1,
    #[version(preview)]
    E2,
}
