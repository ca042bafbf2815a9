"""Pictures of digits as people bring them, made anew from a seed: ``kinds.KINDS`` names them and makes each."""
