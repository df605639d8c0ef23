"""Reports and other documents drawn as the media in which agencies publish them."""
