use secure_api::prelude::*;

#[derive(Role)]
pub enum Role {
    Clerk,
}

#[derive(Version)]
pub enum Version {
    V1,
}

#[post("/exports", version = Version::V1.., role = Role::Clerk)]
async fn begin_export() -> AcceptedAt {
    Accepted::at::<get_exports>(())
}

#[get("/export", version = Version::V1.., role = Role::Clerk, view = desk::ExportView)]
async fn get_export() -> desk::Export {
    todo!()
}

mod desk {
    use super::*;

    #[derive(Resource)]
    #[view(ExportView, role = Role::Clerk, fields(lines))]
    pub struct Export {
        lines: u32,
    }
}

#[api(roles = Role, versions = Version, limit = Limit::per_principal(60).per_minute(), routes(begin_export, get_export))]
pub struct Exports;

fn main() {
    drop(Exports::app());
}
