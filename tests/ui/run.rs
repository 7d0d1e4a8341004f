//! What does not compile, and what the compiler says of it: one mistake, one error, on the user's own token.

#[test]
fn mistakes_are_told_on_the_users_tokens() {
    trybuild::TestCases::new().compile_fail("*/*.rs");
}
