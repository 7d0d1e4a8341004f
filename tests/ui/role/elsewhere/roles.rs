pub enum Staff {
    Clerk,
    Boss,
}
