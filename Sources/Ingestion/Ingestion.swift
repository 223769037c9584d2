internal import Validation
