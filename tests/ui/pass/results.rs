//! Every verb with every form of answer that fits it.

use crate::shop::{BROWSE, Product, ProductCard, ProductId, Role, ShopError, Version};
use secure_api::prelude::*;

fn product() -> Product {
    Product { id: ProductId::new(1).expect("in range"), name: "tea".to_owned(), stock: 3 }
}

macro_rules! routes {
    ($($name:ident: $verb:ident $path:literal $(, view = $view:ty)? => $answer:ty, $value:expr;)*) => {
        $(
            #[$verb($path, version = Version::V1.., role = Role::Customer $(, view = $view)?)]
            async fn $name() -> $answer {
                $value
            }
        )*

        #[api(roles = Role, versions = Version, limit = BROWSE, routes($($name),*))]
        struct Results;
    };
}

routes! {
    get_one: get "/a", view = ProductCard => Product, product();
    get_maybe: get "/b", view = ProductCard => Result<Option<Product>, ShopError>, Ok(None);
    get_page: get "/c", view = ProductCard => Result<Page<Product>, ShopError>, Ok(Page::new(vec![product()]));
    post_performed: post "/a", view = ProductCard => Performed<Product>, Performed(product());
    post_accepted: post "/b" => Result<Accepted, ShopError>, Ok(Accepted);
    post_created: post "/c", view = ProductCard => Created<Product>, Created::at::<get_one>((), product());
    put_one: put "/a", view = ProductCard => Result<Product, StoreError>, Ok(product());
    put_created: put "/b", view = ProductCard => Created<Product>, Created::at::<get_one>((), product());
    put_nothing: put "/c" => NoContent, NoContent;
    patch_one: patch "/a", view = ProductCard => Product, product();
    patch_nothing: patch "/b" => NoContent, NoContent;
    delete_nothing: delete "/a" => Result<NoContent, ShopError>, Err(ShopError::OutOfStock);
    delete_accepted: delete "/b" => Accepted, Accepted;
}

#[test]
fn each_form_has_its_status() {
    let statuses: Vec<_> = Results::API.routes().map(|route| route.answer.status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 202, 201, 200, 201, 204, 200, 204, 204, 202]);
    // What a form can answer by itself is told beside what the handler's errors are.
    let maybe = Results::API.routes().nth(1).expect("there is one");
    assert_eq!(maybe.problems().iter().filter(|problem| problem.status() == 404).count(), 1);
}
