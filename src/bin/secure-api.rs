//! The program `secure-api`: it begins projects, and looks at OpenAPI documents.

fn main() -> std::process::ExitCode {
    secure_api::__private::tool()
}
